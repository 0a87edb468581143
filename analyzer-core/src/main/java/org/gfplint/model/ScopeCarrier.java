package org.gfplint.model;

/**
 * A type of object that only the task has that is inside the object's scope.
 *
 * @param type its name
 * @param cookie the field that keeps the cookie
 * @param current the function that returns the task's own object, or NULL
 * @param provided what it takes for the scope to be open, a clause
 */
public record ScopeCarrier(
    String type, ScopeKind kind, String cookie, String current, String provided) {}
