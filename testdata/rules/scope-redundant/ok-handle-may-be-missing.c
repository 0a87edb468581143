/* kernel: 6.12 */

/* The task may have no handle: what is requested where it has none is outside of any scope. */
static handle_t *journal_current_handle(void)
{
	return current->journal_info;
}

int demo_flush(struct demo_inode *inode)
{
	handle_t *handle = journal_current_handle();

	if (handle)
		return demo_flush_in(handle, inode);
	inode->list = kmalloc(512, GFP_NOFS);
	return inode->list ? 0 : -ENOMEM;
}
