/* kernel: 6.12 */

/* Either the caller has a handle open, or the function opens one. */
struct demo_handle {
	unsigned int saved_flags;
};

static void demo_open(struct demo_handle *h)
{
	h->saved_flags = memalloc_nofs_save();
}

static void demo_stop(struct demo_handle *h)
{
	memalloc_nofs_restore(h->saved_flags);
}

static int demo_set_label(struct demo_inode *inode)
{
	inode->label = kmalloc(64, GFP_NOFS); /* expect: scope-redundant */
	return inode->label ? 0 : -ENOMEM;
}

static int demo_new_inode(struct demo_handle *h, struct demo_handle *spare, struct demo_inode *inode)
{
	int err;

	if (h)
		return demo_set_label(inode);
	h = spare;
	demo_open(h);
	err = demo_set_label(inode);
	demo_stop(h);
	return err;
}

int demo_create(struct demo_handle *spare, struct demo_inode *inode)
{
	return demo_new_inode(NULL, spare, inode);
}

int demo_link(struct demo_handle *h, struct demo_inode *inode)
{
	int err;

	demo_open(h);
	err = demo_new_inode(h, NULL, inode);
	demo_stop(h);
	return err;
}
