/* kernel: 6.1 */

/*
 * The flag sits in the task. The worker clears its own, and the task that
 * submitted stays restricted for ever.
 */
struct demo_ioend {
	struct work_struct work;
	unsigned int nofs;
	struct demo_inode *inode;
};

static void demo_end_io_work(struct work_struct *work)
{
	struct demo_ioend *ioend = container_of(work, struct demo_ioend, work);

	demo_set_size(ioend->inode);
	memalloc_nofs_restore(ioend->nofs); /* expect: scope-misnested */
	kfree(ioend);
}

int demo_submit(struct demo_inode *inode, struct demo_ioend *ioend)
{
	INIT_WORK(&ioend->work, demo_end_io_work);
	ioend->inode = inode;
	ioend->nofs = memalloc_nofs_save();
	demo_start_io(inode);
	queue_work(inode->wq, &ioend->work);
	return 0;
}
