/* kernel: 6.1 */

/* Nothing here takes a spinlock, though much is called so. */
int demo_names(struct demo_dev *dev)
{
	spin_lock_init(&dev->lock);
	demo_spin_lock(dev);
	dev->a = kmalloc(16, GFP_KERNEL);
	demo_spin_unlock(dev);
	dev->ops->spin_lock(dev);
	dev->b = kmalloc(16, GFP_KERNEL);
	/* spin_lock(&dev->lock); */
	dev->text = "rcu_read_lock();";
	if (spin_is_locked(&dev->lock))
		dev->busy++;
	dev->c = kmalloc(16, GFP_KERNEL);
	return 0;
}
