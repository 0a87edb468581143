/* kernel: 4.16 */

/* Every vmalloc may sleep, whatever the mask says. */
void *demo_ring_alloc(struct demo_ring *ring, size_t bytes)
{
	ring->desc = __vmalloc(bytes, GFP_ATOMIC | __GFP_ZERO, PAGE_KERNEL); /* expect: vmalloc-restricted */
	return ring->desc;
}
