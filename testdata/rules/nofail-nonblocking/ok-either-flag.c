/* kernel: 5.17 */

/* One or the other, never both in one request. */
void *demo_buffer(struct demo_dev *dev, bool atomic)
{
	gfp_t gfp;

	if (atomic)
		gfp = GFP_ATOMIC;
	else
		gfp = GFP_NOFS | __GFP_NOFAIL;
	return kmalloc(128, gfp);
}

void demo_buffer_locked(struct demo_dev *dev)
{
	spin_lock(&dev->lock);
	dev->buf = demo_buffer(dev, true);
	spin_unlock(&dev->lock);
}
