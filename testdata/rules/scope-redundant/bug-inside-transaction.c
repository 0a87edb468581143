/* kernel: 6.1 */

/* Starting a handle opens the scope, stopping it closes it; the helper is only called in between. */
struct demo_handle {
	unsigned int saved_alloc_context;
};

static struct demo_handle *demo_start(struct demo_inode *inode)
{
	struct demo_handle *handle = demo_get_handle(inode);

	if (IS_ERR(handle))
		return handle;
	handle->saved_alloc_context = memalloc_nofs_save();
	return handle;
}

static void demo_stop(struct demo_handle *handle)
{
	memalloc_nofs_restore(handle->saved_alloc_context);
	demo_put_handle(handle);
}

static int demo_set_xattr(struct demo_handle *handle, struct demo_inode *inode, size_t len)
{
	void *value = kmalloc(len, GFP_NOFS); /* expect: scope-redundant */

	if (!value)
		return -ENOMEM;
	demo_store_xattr(handle, inode, value);
	kfree(value);
	return 0;
}

int demo_setxattr(struct demo_inode *inode, size_t len)
{
	struct demo_handle *handle = demo_start(inode);
	int ret;

	if (IS_ERR(handle))
		return PTR_ERR(handle);
	ret = demo_set_xattr(handle, inode, len);
	demo_stop(handle);
	return ret;
}
