/* kernel: 4.10 */

/* In this version an order above 3 may fail in spite of the flag: the test is needed. */
struct page *demo_big_block(struct demo_fs *fs)
{
	struct page *page = alloc_pages(GFP_NOFS | __GFP_NOFAIL, 4); /* expect: nofail-order */

	if (!page)
		return ERR_PTR(-ENOMEM);
	fs->block = page;
	return page;
}
