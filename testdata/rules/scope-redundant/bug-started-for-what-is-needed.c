/* kernel: 6.12 */

/* Without a handle one is started, if there is anything to ask for. */
struct demo_handle {
	unsigned int saved_flags;
};

static void demo_open(struct demo_handle *h, unsigned int credits)
{
	h->credits = credits;
	h->saved_flags = memalloc_nofs_save();
}

static void demo_stop(struct demo_handle *h)
{
	memalloc_nofs_restore(h->saved_flags);
}

static int demo_split(struct demo_inode *inode)
{
	inode->path = kmalloc(64, GFP_NOFS); /* expect: scope-redundant */
	return inode->path ? 0 : -ENOMEM;
}

static int demo_convert(struct demo_handle *h, struct demo_handle *spare, struct demo_inode *inode)
{
	unsigned int credits = 0;
	int left = inode->blocks;
	int err = 0;

	if (!h)
		credits = demo_credits(inode);
	while (left-- > 0) {
		if (credits) {
			h = spare;
			demo_open(h, credits);
		}
		err = demo_split(inode);
		if (credits)
			demo_stop(h);
		if (err)
			break;
	}
	return err;
}

int demo_end_io(struct demo_handle *spare, struct demo_inode *inode)
{
	return demo_convert(NULL, spare, inode);
}

int demo_write(struct demo_handle *h, struct demo_inode *inode)
{
	int err;

	demo_open(h, 8);
	err = demo_convert(h, NULL, inode);
	demo_stop(h);
	return err;
}
