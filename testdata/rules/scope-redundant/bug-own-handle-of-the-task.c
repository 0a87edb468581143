/* kernel: 6.12 */

/* A handle of jbd2 that the task has itself: the scope was opened when it was started. */
int demo_write_end(struct demo_inode *inode, unsigned int copied)
{
	handle_t *handle = journal_current_handle();
	void *map;
	int err;

	err = demo_dirty(handle, inode);
	if (err)
		return err;
	map = kmalloc(copied, GFP_NOFS); /* expect: scope-redundant */
	if (!map)
		return -ENOMEM;
	err = demo_copy(handle, map);
	kfree(map);
	return err;
}

static handle_t *journal_current_handle(void)
{
	return current->journal_info;
}
