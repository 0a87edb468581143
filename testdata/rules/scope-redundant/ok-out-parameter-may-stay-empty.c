/* kernel: 6.12 */

/* The helper need not have found a handle: nothing says that one is open. */
static handle_t *journal_current_handle(void)
{
	return current->journal_info;
}

static struct demo_inode *demo_new_inode(struct demo_inode *dir, handle_t *given)
{
	handle_t *handle = given;
	struct demo_inode *inode = demo_iget(dir);

	if (!inode)
		return ERR_PTR(-ENOMEM);
	if (!handle) {
		handle = jbd2_journal_start(dir->journal, 8);
		if (IS_ERR(handle))
			return ERR_CAST(handle);
	}
	return inode;
}

static struct demo_inode *demo_whiteout(struct demo_inode *dir, handle_t **h)
{
	struct demo_inode *inode;
	handle_t *handle;

retry:
	inode = demo_new_inode(dir, NULL);
	handle = journal_current_handle();
	if (IS_ERR(inode)) {
		if (handle)
			jbd2_journal_stop(handle);
		if (PTR_ERR(inode) == -ENOSPC && demo_retry(dir))
			goto retry;
	} else {
		if (handle)
			*h = handle;
		demo_init(inode);
	}
	return inode;
}

static int demo_add_entry(struct demo_inode *dir, struct demo_inode *inode)
{
	inode->name = kmalloc(64, GFP_NOFS);
	return inode->name ? 0 : -ENOMEM;
}

int demo_rename(struct demo_inode *dir, struct demo_inode *old, unsigned int flags)
{
	handle_t *handle = NULL;
	struct demo_inode *whiteout = NULL;
	int err;

	if (!(flags & RENAME_WHITEOUT)) {
		handle = jbd2_journal_start(dir->journal, 8);
		if (IS_ERR(handle))
			return PTR_ERR(handle);
	} else {
		whiteout = demo_whiteout(dir, &handle);
		if (IS_ERR(whiteout))
			return PTR_ERR(whiteout);
	}
	err = demo_add_entry(dir, old);
	jbd2_journal_stop(handle);
	return err;
}

static handle_t *jbd2_journal_start(struct demo_journal *journal, int blocks)
{
	handle_t *handle = jbd2_alloc_handle(GFP_NOFS);

	if (!handle)
		return ERR_PTR(-ENOMEM);
	current->journal_info = handle;
	handle->saved_alloc_context = memalloc_nofs_save();
	return handle;
}

static int jbd2_journal_stop(handle_t *handle)
{
	current->journal_info = NULL;
	memalloc_nofs_restore(handle->saved_alloc_context);
	jbd2_free_handle(handle);
	return 0;
}
