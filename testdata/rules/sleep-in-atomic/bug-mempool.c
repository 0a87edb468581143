/* kernel: 5.10 */

/* A pool waits for an element when its mask may block, with the lock held and whoever would give one back spinning. */
struct demo_io *demo_io_start(struct demo_dev *dev, struct bio *bio)
{
	struct demo_io *io;

	spin_lock_irq(&dev->lock);
	io = mempool_alloc(dev->io_pool, GFP_NOIO); /* expect: sleep-in-atomic */
	io->bio = bio;
	list_add_tail(&io->list, &dev->inflight);
	spin_unlock_irq(&dev->lock);
	return io;
}
