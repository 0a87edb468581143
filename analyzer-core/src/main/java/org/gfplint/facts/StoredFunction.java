package org.gfplint.facts;

/**
 * A place where an initialiser stores a function: an operations table's slot. Or, with neither
 * struct nor field, that a file names a function of its own some other way than to call it: passes
 * it on, exports it.
 *
 * @param struct the tag of the struct that is initialised, or ""
 * @param field the slot's name, or ""
 * @param function what is stored
 */
public record StoredFunction(String struct, String field, String function, int line) {
  /** The struct of a work item that is a variable of the file; the field is the variable. */
  public static final String WORK = "work_struct";
}
