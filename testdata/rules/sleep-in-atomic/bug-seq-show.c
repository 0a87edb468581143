/* kernel: 6.1 */

/* What runs between start and stop inherits what start took: here a reader of RCU. */
static void *demo_seq_start(struct seq_file *m, loff_t *pos)
{
	rcu_read_lock();
	return demo_first(*pos);
}

static void demo_seq_stop(struct seq_file *m, void *v)
{
	rcu_read_unlock();
}

static void *demo_seq_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return demo_after(v);
}

static int demo_seq_show(struct seq_file *m, void *v)
{
	char *name = kmalloc(64, GFP_KERNEL); /* expect: sleep-in-atomic */

	if (!name)
		return -ENOMEM;
	seq_puts(m, demo_name(v, name));
	kfree(name);
	return 0;
}

static const struct seq_operations demo_seq_ops = {
	.start = demo_seq_start,
	.next = demo_seq_next,
	.stop = demo_seq_stop,
	.show = demo_seq_show,
};

int demo_seq_open(struct inode *inode, struct file *file)
{
	return seq_open(file, &demo_seq_ops);
}
