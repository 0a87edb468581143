/* kernel: 5.17 */

/* One configuration locks and is careful, the other does neither; the two never meet. */
int demo_store(struct demo_dev *dev)
{
#ifdef CONFIG_DEMO_IRQ
	unsigned long flags;

	spin_lock_irqsave(&dev->lock, flags);
	dev->buf = kmalloc(64, GFP_ATOMIC);
	spin_unlock_irqrestore(&dev->lock, flags);
#else
	dev->buf = kmalloc(64, GFP_KERNEL);
#endif
	return dev->buf ? 0 : -ENOMEM;
}

int demo_load(struct demo_dev *dev)
{
#ifdef CONFIG_DEMO_IRQ
	spin_lock(&dev->lock);
#else
	mutex_lock(&dev->mutex);
#endif
	dev->seq++;
#ifdef CONFIG_DEMO_IRQ
	spin_unlock(&dev->lock);
#else
	mutex_unlock(&dev->mutex);
#endif
	dev->copy = kmalloc(64, GFP_KERNEL);
	return 0;
}
