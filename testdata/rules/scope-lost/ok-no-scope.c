/* kernel: 6.1 */

/* The usual way to run something elsewhere and wait for it; nothing is restricted here. */
static void demo_probe_work(struct work_struct *work)
{
	struct demo_dev *dev = container_of(work, struct demo_dev, probe_work);

	dev->table = kcalloc(dev->n, sizeof(*dev->table), GFP_KERNEL);
	if (dev->table)
		demo_fill_table(dev);
}

void demo_dev_setup(struct demo_dev *dev)
{
	INIT_WORK(&dev->probe_work, demo_probe_work);
}

int demo_dev_scan(struct demo_dev *dev)
{
	unsigned int nofs;

	queue_work(dev->wq, &dev->probe_work);
	flush_work(&dev->probe_work);
	nofs = memalloc_nofs_save();
	demo_write_table(dev);
	memalloc_nofs_restore(nofs);
	return dev->table ? 0 : -ENOMEM;
}
