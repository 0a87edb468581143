/* kernel: 5.10 */
static struct page *demo_scratch(void)
{
	return alloc_page(GFP_KERNEL); /* expect: nofs-inconsistent */
}

/* The call comes first, the restricted request after it. */
int demo_relocate(struct demo_fs *fs)
{
	struct page *page = demo_scratch();

	if (!page)
		return -ENOMEM;
	fs->extent = kzalloc(sizeof(*fs->extent), GFP_NOFS);
	if (!fs->extent) {
		__free_page(page);
		return -ENOMEM;
	}
	return demo_move(fs, page);
}
