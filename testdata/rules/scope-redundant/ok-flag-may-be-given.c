/* kernel: 6.12 */

/* One of those who give no handle may ask for something to be created. */
#define DEMO_CREATE 0x0001
#define DEMO_PREPARE 0x0008
#define DEMO_NOFAIL 0x0020
#define DEMO_CREATE_PREPARED (DEMO_CREATE | DEMO_PREPARE)

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

static int demo_split(struct demo_handle *h, struct demo_inode *inode)
{
	inode->path = kmalloc(64, GFP_NOFS);
	return inode->path ? 0 : -ENOMEM;
}

static int demo_extent(struct demo_handle *h, struct demo_inode *inode, int flags)
{
	flags |= DEMO_NOFAIL;
	if (inode->hole && !(flags & DEMO_CREATE))
		return 0;
	if ((flags & DEMO_CREATE) == 0 || inode->failed)
		return 0;
	return demo_split(h, inode);
}

static int demo_map(struct demo_handle *h, struct demo_inode *inode, int flags)
{
	int err;

	err = demo_extent(h, inode, 0);
	if (err || (flags & DEMO_CREATE) == 0)
		return err;
	return demo_extent(h, inode, flags);
}

static int demo_get(struct demo_inode *inode, int create)
{
	return demo_map(NULL, inode, create ? DEMO_CREATE : 0);
}

int demo_read(struct demo_inode *inode)
{
	int flags = 0;

	if (inode->careful)
		flags |= DEMO_PREPARE;
	return demo_map(NULL, inode, flags) + demo_map(NULL, inode, 0) + demo_get(inode, inode->missing);
}

int demo_write(struct demo_handle *h, struct demo_inode *inode)
{
	int err;

	demo_open(h);
	err = demo_map(h, inode, DEMO_CREATE_PREPARED);
	demo_stop(h);
	return err;
}
