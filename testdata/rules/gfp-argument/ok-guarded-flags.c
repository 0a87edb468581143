/* kernel: 6.1 */

/* Code for several kernels, as out-of-tree drivers have it. */
#ifndef __GFP_COLD
#define __GFP_COLD 0
#endif

void *demo_buffer(size_t len)
{
#ifdef __GFP_REPEAT
	return kmalloc(len, GFP_KERNEL | __GFP_REPEAT);
#else
	return kmalloc(len, GFP_KERNEL | __GFP_RETRY_MAYFAIL);
#endif
}

struct page *demo_page(void)
{
	return alloc_page(GFP_KERNEL | __GFP_COLD);
}
