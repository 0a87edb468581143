/* kernel: 4.10 */

/* The scope is opened by setting the flag itself, and the old value put back. */
int demo_swap_write(struct demo_dev *dev, size_t bytes)
{
	unsigned long pflags = current->flags;
	void *p;

	current->flags |= PF_MEMALLOC_NOIO;
	p = __vmalloc(bytes, GFP_NOIO, PAGE_KERNEL); /* expect: scope-redundant */
	if (!p) {
		current->flags = pflags;
		return -ENOMEM;
	}
	dev->map = p;
	tsk_restore_flags(current, pflags, PF_MEMALLOC_NOIO);
	return 0;
}

void *demo_swap_activate(struct demo_dev *dev, size_t bytes)
{
	unsigned long pflags = current->flags;

	current->flags |= PF_MEMALLOC_NOIO;
	demo_open(dev);
	current->flags = pflags;
	return __vmalloc(bytes, GFP_NOIO, PAGE_KERNEL); /* expect: vmalloc-restricted */
}

void *demo_not_mine(struct task_struct *task, size_t bytes)
{
	task->flags |= PF_MEMALLOC_NOIO;
	return __vmalloc(bytes, GFP_NOIO, PAGE_KERNEL); /* expect: vmalloc-restricted */
}
