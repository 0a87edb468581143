package org.gfplint.model;

/**
 * A request that an allocator makes on the caller's behalf.
 *
 * @param what "data-pages", "slab", "page-table", "metadata", "percpu-chunk"
 * @param effective its mask after all task scopes, the allocator's own included
 * @param fact where the mask comes from
 */
public record InternalRequest(String what, GfpMask effective, Fact fact) {}
