/* kernel: 4.10 */
static struct page **demo_page_vector(int n)
{
	return kmalloc_array(n, sizeof(struct page *), GFP_KERNEL); /* expect: nofs-inconsistent */
}

int demo_read_parent(struct demo_img *img)
{
	gfp_t gfp = GFP_NOIO;

	img->request = kmem_cache_zalloc(img->cache, gfp);
	if (!img->request)
		return -ENOMEM;
	img->pages = demo_page_vector(img->count);
	return img->pages ? 0 : -ENOMEM;
}
