/* kernel: 4.16 */

/*
 * p = __vmalloc(size, GFP_NOFS, PAGE_KERNEL) would be wrong here.
 */
#define demo_vmalloc_pages(n, gfp) ((n) + ((gfp) == GFP_NOFS))

// buf = kvmalloc(len, GFP_NOIO);
static const char demo_help[] = "__vmalloc(len, GFP_NOFS, PAGE_KERNEL)";

int demo_configure(struct demo_fs *fs, gfp_t gfp)
{
	if (gfp == GFP_NOFS || gfp == GFP_NOIO)
		fs->nested = true;
	fs->gfp = GFP_NOFS;
	fs->mode = 'v';
	pr_debug("kvmalloc(%zu, GFP_NOFS)\n", fs->size);
	return demo_vmalloc_pages(fs->pages, GFP_NOFS);
}

/* A method that is called like the allocator is something else. */
void *demo_method(struct demo_ops *ops, size_t len)
{
	return ops->kvmalloc(len, GFP_NOFS);
}
