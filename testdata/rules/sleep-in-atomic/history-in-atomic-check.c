/* kernel: 5.17 */

/*
 * in_atomic() does not see a reader of RCU, nor a spinlock where preemption is
 * not counted. The end of a bio under rcu_read_lock() runs the slow path itself.
 */
static int demo_decompress(struct demo_io *io)
{
	struct page **pages = kvmalloc_array(io->n, sizeof(*pages), GFP_KERNEL); /* expect: sleep-in-atomic */

	if (!pages)
		return -ENOMEM;
	return demo_run(io, pages);
}

static void demo_decompress_work(struct work_struct *work)
{
	demo_decompress(container_of(work, struct demo_io, work));
}

static void demo_kickoff(struct demo_io *io)
{
	if (in_atomic() || irqs_disabled()) {
		INIT_WORK(&io->work, demo_decompress_work);
		queue_work(demo_wq, &io->work);
		return;
	}
	demo_decompress_work(&io->work);
}

void demo_end_request(struct demo_queue *q, struct demo_io *io)
{
	rcu_read_lock();
	if (demo_last(rcu_dereference(q->map), io))
		demo_kickoff(io);
	rcu_read_unlock();
}
