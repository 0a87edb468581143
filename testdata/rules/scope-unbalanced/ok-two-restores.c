/* kernel: 6.1 */

/* Restored on the first failure, and again after the second attempt. */
int demo_lock_two(struct demo_inode *a, struct demo_inode *b, struct page *page[2])
{
	unsigned int flags;

	flags = memalloc_nofs_save();
	page[0] = demo_grab(a);
	if (!page[0]) {
		memalloc_nofs_restore(flags);
		return -ENOMEM;
	}
	page[1] = demo_grab(b);
	memalloc_nofs_restore(flags);
	if (!page[1]) {
		demo_drop(page[0]);
		return -ENOMEM;
	}
	return 0;
}
