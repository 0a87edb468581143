/* kernel: 4.10 */

/*
 * A filesystem with allocation flags of its own: they turn into a mask, and a
 * task flag of the transaction's is looked at, too.
 */
#define DM_SLEEP	0x0001u
#define DM_NOSLEEP	0x0002u
#define DM_NOFS		0x0004u
#define DM_MAYFAIL	0x0008u
#define DM_ZERO		0x0010u

typedef unsigned dm_flags_t;

static inline gfp_t dm_flags_convert(dm_flags_t flags)
{
	gfp_t lflags;

	BUG_ON(flags & ~(DM_SLEEP | DM_NOSLEEP | DM_NOFS | DM_MAYFAIL | DM_ZERO));

	if (flags & DM_NOSLEEP) {
		lflags = GFP_ATOMIC | __GFP_NOWARN;
	} else {
		lflags = GFP_KERNEL | __GFP_NOWARN;
		if ((current->flags & PF_FSTRANS) || (flags & DM_NOFS))
			lflags &= ~__GFP_FS;
	}
	if (flags & DM_ZERO)
		lflags |= __GFP_ZERO;
	return lflags;
}

void *dm_alloc(size_t size, dm_flags_t flags)
{
	int retries = 0;
	gfp_t lflags = dm_flags_convert(flags);
	void *ptr;

	do {
		ptr = kmalloc(size, lflags);
		if (ptr || (flags & (DM_MAYFAIL | DM_NOSLEEP)))
			return ptr;
		if (!(++retries % 100))
			pr_err("possible deadlock in %s\n", __func__);
		congestion_wait(BLK_RW_ASYNC, HZ / 50);
	} while (1);
}

void *dm_zalloc_large(size_t size, dm_flags_t flags)
{
	unsigned noio_flag = 0;
	void *ptr;
	gfp_t lflags;

	ptr = dm_alloc(size, flags | DM_ZERO | DM_MAYFAIL);
	if (ptr)
		return ptr;

	if ((current->flags & PF_FSTRANS) || (flags & DM_NOFS))
		noio_flag = memalloc_noio_save();

	lflags = dm_flags_convert(flags);
	ptr = __vmalloc(size, lflags | __GFP_HIGHMEM | __GFP_ZERO, PAGE_KERNEL);

	if ((current->flags & PF_FSTRANS) || (flags & DM_NOFS))
		memalloc_noio_restore(noio_flag);

	return ptr;
}

int dm_read_attr(struct dm_inode *ip, size_t len)
{
	ip->value = dm_zalloc_large(len, DM_SLEEP);
	ip->fork = dm_alloc(len, DM_SLEEP | DM_NOFS);
	ip->table = dm_zalloc_large(len, DM_SLEEP | DM_NOFS | DM_MAYFAIL);
	return ip->value && ip->fork && ip->table ? 0 : -ENOMEM;
}
