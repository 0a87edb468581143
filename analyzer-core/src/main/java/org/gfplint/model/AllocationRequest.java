package org.gfplint.model;

/**
 * One call of an allocator.
 *
 * @param api what is called
 * @param mask the mask as written, or the API's implicit one
 * @param size bytes asked for; for APIs that take an order, {@link AllocationSize#ofOrder}
 */
public record AllocationRequest(AllocatorApi api, GfpMask mask, AllocationSize size) {}
