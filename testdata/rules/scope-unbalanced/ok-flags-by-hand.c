/* kernel: 5.0 */

/* Task flags by macros of the filesystem's own, kept in the transaction. */
int demo_trans_reserve(struct demo_trans *tp, unsigned int blocks)
{
	int error = 0;

	current_set_flags_nested(&tp->t_pflags, PF_MEMALLOC_NOFS);

	if (blocks > 0) {
		error = demo_mod_fdblocks(tp->t_mountp, -((s64)blocks));
		if (error != 0) {
			current_restore_flags_nested(&tp->t_pflags, PF_MEMALLOC_NOFS);
			return -ENOSPC;
		}
		tp->t_blk_res += blocks;
	}
	return error;
}

void demo_trans_free(struct demo_trans *tp)
{
	current_restore_flags_nested(&tp->t_pflags, PF_MEMALLOC_NOFS);
	kfree(tp);
}

static void demo_setfilesize(struct demo_ioend *ioend)
{
	struct demo_trans *tp = ioend->io_append_trans;

	current_set_flags_nested(&tp->t_pflags, PF_MEMALLOC_NOFS);
	demo_trans_commit(tp);
}

static void demo_btree_split_worker(struct work_struct *work)
{
	struct demo_split_args *args = container_of(work, struct demo_split_args, work);
	unsigned long pflags;
	unsigned long new_pflags = PF_MEMALLOC_NOFS;

	if (args->kswapd)
		new_pflags |= PF_MEMALLOC | PF_SWAPWRITE | PF_KSWAPD;

	current_set_flags_nested(&pflags, new_pflags);
	args->result = __demo_btree_split(args->cur, args->level);
	complete(args->done);
	current_restore_flags_nested(&pflags, new_pflags);
}
