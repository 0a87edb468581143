/* kernel: 6.1 */

/* None of these takes a mask, and all of them may sleep. */
int demo_setup_locked(struct demo_dev *dev, size_t len)
{
	spin_lock(&dev->lock);
	dev->table = vmalloc(len); /* expect: sleep-in-atomic */
	dev->stats = alloc_percpu(struct demo_stats); /* expect: sleep-in-atomic */
	dev->pool = mempool_create_kmalloc_pool(4, 256); /* expect: sleep-in-atomic */
	spin_unlock(&dev->lock);
	return dev->table && dev->stats && dev->pool ? 0 : -ENOMEM;
}

int demo_publish(struct demo_dev *dev)
{
	int ret;

	rcu_read_lock();
	ret = kobject_init_and_add(&dev->kobj, &demo_ktype, NULL, "demo%d", dev->id); /* expect: sleep-in-atomic */
	rcu_read_unlock();
	return ret;
}
