/* kernel: 5.0 */

/* A transaction that sets the flag itself; what runs inside is covered, what comes after is not. */
struct demo_trans {
	unsigned long t_pflags;
	struct demo_mount *t_mountp;
};

static int demo_trans_reserve(struct demo_trans *tp, unsigned int blocks)
{
	int error;

	current_set_flags_nested(&tp->t_pflags, PF_MEMALLOC_NOFS);
	error = demo_reserve(tp->t_mountp, blocks);
	if (error != 0) {
		current_restore_flags_nested(&tp->t_pflags, PF_MEMALLOC_NOFS);
		return -ENOSPC;
	}
	return 0;
}

static void demo_trans_cancel(struct demo_trans *tp)
{
	current_restore_flags_nested(&tp->t_pflags, PF_MEMALLOC_NOFS);
	kmem_cache_free(demo_trans_zone, tp);
}

int demo_set_attr(struct demo_inode *ip, struct demo_trans *tp, size_t len)
{
	int error = demo_trans_reserve(tp, 16);

	if (error)
		return error;
	ip->attr = kmalloc(len, GFP_NOFS); /* expect: scope-redundant */
	demo_trans_cancel(tp);
	return ip->attr ? 0 : -ENOMEM;
}

void *demo_after(struct demo_inode *ip, struct demo_trans *tp, size_t len)
{
	if (demo_trans_reserve(tp, 16))
		return NULL;
	demo_trans_cancel(tp);
	return __vmalloc(len, GFP_NOFS, PAGE_KERNEL); /* expect: vmalloc-restricted */
}
