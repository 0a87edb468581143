/* kernel: 5.0 */

/* The mask stands on another line than the name. */
int demo_realloc_pages(struct demo_bitmap *b, unsigned long want)
{
	struct page **new_pages;
	unsigned int bytes = sizeof(struct page *) * want;

	new_pages = kzalloc(bytes, GFP_NOIO | __GFP_NOWARN);
	if (!new_pages) {
		new_pages = __vmalloc(bytes, /* expect: vmalloc-restricted */
				      GFP_NOIO | __GFP_ZERO,
				      PAGE_KERNEL);
		if (!new_pages)
			return -ENOMEM;
	}
	b->pages = new_pages;
	return 0;
}

int demo_quota_init(struct demo_sb *sdp, unsigned int bm_size)
{
	sdp->quota_bitmap = __vmalloc(bm_size, GFP_NOFS | /* expect: vmalloc-restricted */
				      __GFP_NOWARN | __GFP_ZERO, PAGE_KERNEL);
	return sdp->quota_bitmap ? 0 : -ENOMEM;
}
