/* kernel: 5.17 */

/* Supported from this version on: the first attempt may fail, vmalloc does not. */
int demo_decompress(struct demo_cluster *pcl, unsigned int nr_pages, bool must)
{
	gfp_t gfp_flags = GFP_KERNEL;

	if (must)
		gfp_flags |= __GFP_NOFAIL;
	pcl->pages = kvmalloc_array(nr_pages, sizeof(struct page *), gfp_flags);
	pcl->window = kvmalloc(1 << 20, GFP_KERNEL | __GFP_NOFAIL);
	return 0;
}
