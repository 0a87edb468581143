/* kernel: 4.16 */

/* The thread is in the scope for good: vmalloc keeps its promise there. */
static int demo_thread(void *data)
{
	struct demo_dev *dev = data;

	current->flags |= PF_MEMALLOC_NOIO;
	while (!kthread_should_stop()) {
		dev->log = __vmalloc(dev->log_len, GFP_NOIO, PAGE_KERNEL); /* expect: scope-redundant */
		demo_step(dev);
	}
	return 0;
}

int demo_start(struct demo_dev *dev)
{
	dev->task = kthread_run(demo_thread, dev, "demo");
	return PTR_ERR_OR_ZERO(dev->task);
}

static void *demo_for_a_moment(struct demo_dev *dev)
{
	void *p;

	current->flags &= ~PF_MEMALLOC_NOIO;
	p = __vmalloc(dev->log_len, GFP_NOIO, PAGE_KERNEL); /* expect: vmalloc-restricted */
	current->flags |= PF_MEMALLOC_NOIO;
	return p;
}

int demo_other(struct demo_dev *dev, struct task_struct *task)
{
	task->flags |= PF_MEMALLOC_NOIO;
	dev->log = demo_for_a_moment(dev);
	return dev->log ? 0 : -ENOMEM;
}
