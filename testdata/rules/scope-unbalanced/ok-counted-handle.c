/* kernel: 5.10 */

/*
 * Nested starts share one handle. The scope belongs to the outermost pair;
 * the inner stop only counts.
 */
struct demo_handle {
	int h_ref;
	unsigned int saved_alloc_context;
	struct demo_journal *journal;
};

struct demo_handle *demo_journal_start(struct demo_journal *journal)
{
	struct demo_handle *handle = current->journal_info;
	int err;

	if (handle) {
		handle->h_ref++;
		return handle;
	}
	handle = kmem_cache_zalloc(demo_handle_cache, GFP_NOFS);
	if (!handle)
		return ERR_PTR(-ENOMEM);
	handle->h_ref = 1;
	handle->journal = journal;
	err = demo_wait_for_space(journal);
	if (err) {
		kmem_cache_free(demo_handle_cache, handle);
		return ERR_PTR(err);
	}
	current->journal_info = handle;
	handle->saved_alloc_context = memalloc_nofs_save();
	return handle;
}

int demo_journal_stop(struct demo_handle *handle)
{
	if (--handle->h_ref > 0)
		return 0;
	current->journal_info = NULL;
	memalloc_nofs_restore(handle->saved_alloc_context);
	kmem_cache_free(demo_handle_cache, handle);
	return 0;
}

int demo_set_attr(struct demo_inode *inode, u32 mode)
{
	struct demo_handle *handle = demo_journal_start(inode->journal);

	if (IS_ERR(handle))
		return PTR_ERR(handle);
	inode->mode = mode;
	return demo_journal_stop(handle);
}
