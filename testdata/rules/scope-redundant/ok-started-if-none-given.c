/* kernel: 6.12 */

/* The caller that gives no handle has none started where nothing needs logging. */
struct demo_handle {
	unsigned int saved_flags;
};

static struct demo_handle *demo_start(void);

static void demo_stop(struct demo_handle *h)
{
	memalloc_nofs_restore(h->saved_flags);
}

static void demo_open(struct demo_handle *h)
{
	h->saved_flags = memalloc_nofs_save();
}

static int demo_set_label(struct demo_inode *inode)
{
	inode->label = kmalloc(64, GFP_NOFS);
	return inode->label ? 0 : -ENOMEM;
}

static int demo_new_inode(struct demo_handle *h, struct demo_handle *spare, struct demo_inode *inode)
{
	if (!h && inode->logged) {
		h = spare;
		demo_open(h);
	}
	return demo_set_label(inode);
}

int demo_create(struct demo_handle *spare, struct demo_inode *inode)
{
	return demo_new_inode(NULL, spare, inode);
}
