package org.gfplint.facts;

/**
 * From where to where in a file; lines and columns are 1-based, columns count code points.
 *
 * @param endColumn one past the last code point
 */
public record Span(int line, int column, int endLine, int endColumn) {}
