package org.gfplint.model;

import java.util.Set;

/**
 * What memalloc_nofs_save() and its kin leave behind.
 *
 * @param open scopes in force afterwards
 * @param cookie what the function returned, as the scopes whose flags it carries
 */
public record ScopeSave(Set<ScopeKind> open, Set<ScopeKind> cookie) {}
