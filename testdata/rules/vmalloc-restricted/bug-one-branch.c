/* kernel: 4.16 */

/* Only one of the two calls is wrong, and the mask comes back from a function. */
static gfp_t demo_mask(struct demo_fs *fs)
{
	return GFP_NOFS;
}

void *demo_branch(struct demo_fs *fs, size_t bytes)
{
	if (fs->in_transaction)
		return __vmalloc(bytes, GFP_NOFS, PAGE_KERNEL); /* expect: vmalloc-restricted */
	else
		return __vmalloc(bytes, GFP_KERNEL, PAGE_KERNEL);
}

void *demo_returned(struct demo_fs *fs, size_t bytes)
{
	return __vmalloc(bytes, demo_mask(fs), PAGE_KERNEL); /* expect: vmalloc-restricted */
}
