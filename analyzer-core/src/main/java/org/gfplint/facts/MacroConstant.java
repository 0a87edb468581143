package org.gfplint.facts;

/**
 * An object-like macro or an enumerator with a value that may matter: a mask or a number.
 *
 * @param value what it stands for, not evaluated
 */
public record MacroConstant(String name, Expr value, int line) {}
