/* kernel: 5.0 */

/*
 * A hand-over between two tasks, done right: the submitter leaves its scope,
 * the worker opens one of its own.
 */
struct demo_ioend {
	struct work_struct work;
	struct demo_inode *inode;
	unsigned int nofs;
};

static void demo_end_io_work(struct work_struct *work)
{
	struct demo_ioend *ioend = container_of(work, struct demo_ioend, work);

	ioend->nofs = memalloc_nofs_save();
	demo_set_size(ioend->inode);
	memalloc_nofs_restore(ioend->nofs);
	demo_free_ioend(ioend);
}

int demo_submit(struct demo_inode *inode, struct demo_ioend *ioend)
{
	INIT_WORK(&ioend->work, demo_end_io_work);
	ioend->inode = inode;
	ioend->nofs = memalloc_nofs_save();
	demo_reserve_log(inode);
	memalloc_nofs_restore(ioend->nofs);
	queue_work(inode->wq, &ioend->work);
	return 0;
}
