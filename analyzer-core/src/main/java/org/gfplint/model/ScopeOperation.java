package org.gfplint.model;

/**
 * What one of memalloc_nofs_save(), memalloc_nofs_restore() and their kin does.
 *
 * @param kind the scope it is about
 * @param opens true for save, false for restore
 */
public record ScopeOperation(ScopeKind kind, boolean opens) {}
