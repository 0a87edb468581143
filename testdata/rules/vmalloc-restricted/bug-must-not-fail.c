/* kernel: 4.16 */

/* vmalloc knows nothing of NOFAIL here, in whatever clothes. */
static inline void *__demo_malloc(unsigned long size, gfp_t gfp_mask)
{
	if (likely(size <= PAGE_SIZE)) {
		BUG_ON(!size);
		return kmalloc(PAGE_SIZE, gfp_mask & ~__GFP_HIGHMEM);
	}
	if (likely((size >> PAGE_SHIFT) < totalram_pages))
		return __vmalloc(size, gfp_mask, PAGE_KERNEL);
	return NULL;
}

static inline void *demo_malloc_nofs_nofail(unsigned long size)
{
	return __demo_malloc(size, GFP_NOFS | __GFP_HIGHMEM | __GFP_NOFAIL); /* expect: vmalloc-restricted */
}

struct demo_el *demo_realloc_nofail(struct demo_el *rl, int old_size, int new_size)
{
	struct demo_el *new_rl;

	new_rl = demo_malloc_nofs_nofail(new_size);
	BUG_ON(!new_rl);
	memcpy(new_rl, rl, old_size);
	return new_rl;
}

void *demo_direct(unsigned long size)
{
	return kvmalloc(size, GFP_KERNEL | __GFP_NOFAIL);
}

void *demo_direct_v(unsigned long size)
{
	return __vmalloc(size, GFP_KERNEL | __GFP_NOFAIL, PAGE_KERNEL);
}

void *demo_list(unsigned long n)
{
	return kvmalloc_array(n, sizeof(void *), GFP_KERNEL | __GFP_NOFAIL); /* expect: nofail-order (low) */
}
