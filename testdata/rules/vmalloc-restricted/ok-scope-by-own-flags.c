/* kernel: 4.16 */

/* The same with the scope of the filesystem, as it was from 4.12 on. */
#define DM_NOFS		0x0004u
#define DM_MAYFAIL	0x0008u
#define DM_ZERO		0x0010u

static inline gfp_t dm_flags_convert(unsigned int flags)
{
	gfp_t lflags = GFP_KERNEL | __GFP_NOWARN;

	if (flags & DM_NOFS)
		lflags &= ~__GFP_FS;
	if (flags & DM_MAYFAIL)
		lflags |= __GFP_RETRY_MAYFAIL;
	if (flags & DM_ZERO)
		lflags |= __GFP_ZERO;
	return lflags;
}

void *dm_zalloc_large(size_t size, unsigned int flags)
{
	unsigned nofs_flag = 0;
	void *ptr;
	gfp_t lflags;

	ptr = kzalloc(size, GFP_NOWAIT | __GFP_NOWARN);
	if (ptr)
		return ptr;

	if (flags & DM_NOFS)
		nofs_flag = memalloc_nofs_save();

	lflags = dm_flags_convert(flags);
	ptr = __vmalloc(size, lflags | __GFP_ZERO, PAGE_KERNEL);

	if (flags & DM_NOFS)
		memalloc_nofs_restore(nofs_flag);

	return ptr;
}

int dm_setup(struct dm_mount *mp, size_t len)
{
	mp->log = dm_zalloc_large(len, DM_NOFS);
	mp->buf = dm_zalloc_large(len, 0);
	return mp->log && mp->buf ? 0 : -ENOMEM;
}
