/* kernel: 6.1 */

/* Locks whose holders may sleep, though their names sound alike. */
int demo_reconfigure(struct demo_dev *dev)
{
	int idx = srcu_read_lock(&dev->srcu);

	dev->a = kmalloc(64, GFP_KERNEL);
	srcu_read_unlock(&dev->srcu, idx);
	mutex_lock(&dev->mutex);
	dev->b = kmalloc(64, GFP_KERNEL);
	mutex_unlock(&dev->mutex);
	down_write(&dev->rwsem);
	dev->c = kmalloc(64, GFP_KERNEL);
	up_write(&dev->rwsem);
	rtnl_lock();
	dev->d = kmalloc(64, GFP_KERNEL);
	rtnl_unlock();
	return 0;
}
