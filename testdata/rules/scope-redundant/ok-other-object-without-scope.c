/* kernel: 6.1 */

/* The other object is no handle, and nothing says that it hardly ever comes: the mask is needed where it does. */
static handle_t *demo_begin(struct demo_journal *journal, int blocks)
{
	handle_t *handle = demo_new_handle(journal, blocks);

	if (!handle)
		return ERR_PTR(-ENOMEM);
	handle->saved_alloc_context = memalloc_nofs_save();
	return handle;
}

static handle_t *demo_journal_start(struct super_block *sb, int blocks)
{
	struct demo_journal *journal = DEMO_SB(sb)->journal;

	if (!journal)
		return demo_plain_handle(sb);
	return demo_begin(journal, blocks);
}

static int demo_journal_stop(handle_t *handle)
{
	if (!demo_handle_valid(handle))
		return 0;
	memalloc_nofs_restore(handle->saved_alloc_context);
	demo_free_handle(handle);
	return 0;
}

int demo_set_flags(struct inode *inode, u32 flags)
{
	struct demo_change *change;
	handle_t *handle;
	int ret = -ENOMEM;

	handle = demo_journal_start(inode->i_sb, 1);
	if (IS_ERR(handle))
		return PTR_ERR(handle);
	change = kmalloc(sizeof(*change), GFP_NOFS);
	if (change)
		ret = demo_apply(inode, change, flags);
	kfree(change);
	demo_journal_stop(handle);
	return ret;
}
