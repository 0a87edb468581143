/* kernel: 5.17 */

/* One request is on the way without the lock, the other after it was given back. */
int demo_flush_once(struct demo_dev *dev)
{
	if (!spin_trylock_bh(&dev->flush_lock)) {
		dev->later = kmalloc(sizeof(*dev->later), GFP_KERNEL);
		return -EBUSY;
	}
	demo_flush(dev);
	spin_unlock_bh(&dev->flush_lock);
	dev->done = kmalloc(sizeof(*dev->done), GFP_KERNEL);
	return 0;
}
