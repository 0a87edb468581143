/* kernel: 4.16 */

/* Two layers of wrappers; the inner one is only told the mask by the outer ones. */
static inline void *__demo_malloc(unsigned long size, gfp_t gfp_mask)
{
	if (size <= PAGE_SIZE)
		return kmalloc(PAGE_SIZE, gfp_mask & ~__GFP_HIGHMEM);
	if (size >> PAGE_SHIFT < totalram_pages)
		return __vmalloc(size, gfp_mask, PAGE_KERNEL);
	return NULL;
}

static inline void *demo_malloc_nofs(unsigned long size)
{
	return __demo_malloc(size, GFP_NOFS | __GFP_HIGHMEM); /* expect: vmalloc-restricted */
}

static inline void *demo_malloc_user(unsigned long size)
{
	return __demo_malloc(size, GFP_KERNEL | __GFP_HIGHMEM);
}

int demo_grow_runlist(struct demo_runlist *rl, unsigned long bytes)
{
	rl->elements = demo_malloc_nofs(bytes);
	rl->scratch = demo_malloc_user(bytes);
	return rl->elements && rl->scratch ? 0 : -ENOMEM;
}
