package org.gfplint.finding;

/**
 * A change of a file's text.
 *
 * @param place what is replaced; where it ends where it begins, the text is inserted there
 * @param text what stands there afterwards, with the file's own line ends
 */
public record Edit(Location place, String text) {}
