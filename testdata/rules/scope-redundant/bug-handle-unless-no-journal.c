/* kernel: 6.1 */

/*
 * A handle opens a scope, and one that only stands for a handle, where there is no journal, opens none: the mask is
 * redundant provided that there is one, and the finding says so.
 */
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

	if (sb_rdonly(sb))
		return ERR_PTR(-EROFS);
	if (!journal)
		return ext4_get_nojournal();
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
	change = kmalloc(sizeof(*change), GFP_NOFS); /* expect: scope-redundant */
	if (change)
		ret = demo_apply(inode, change, flags);
	kfree(change);
	demo_journal_stop(handle);
	return ret;
}
