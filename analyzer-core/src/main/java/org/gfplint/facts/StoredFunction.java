package org.gfplint.facts;

/**
 * A place where an initialiser stores a function: an operations table's slot.
 *
 * @param struct the tag of the struct that is initialised, or ""
 * @param field the slot's name
 * @param function what is stored
 */
public record StoredFunction(String struct, String field, String function, int line) {}
