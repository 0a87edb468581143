/* kernel: 5.10 */

/* The variable with the mask is set where the lock is taken. */
int demo_record(struct demo_dev *dev, bool from_irq)
{
	gfp_t gfp = GFP_KERNEL;
	unsigned long flags = 0;

	if (from_irq) {
		spin_lock_irqsave(&dev->lock, flags);
		gfp = GFP_ATOMIC;
	}
	dev->rec = kmalloc(sizeof(*dev->rec), gfp);
	if (from_irq)
		spin_unlock_irqrestore(&dev->lock, flags);
	return dev->rec ? 0 : -ENOMEM;
}

int demo_record_switch(struct demo_dev *dev, int cmd)
{
	switch (cmd) {
	case 0:
		spin_lock(&dev->lock);
		dev->count = 0;
		spin_unlock(&dev->lock);
		break;
	case 1:
		dev->log = kmalloc(64, GFP_KERNEL);
		break;
	default:
		spin_lock(&dev->lock);
		dev->last = kmalloc(16, GFP_ATOMIC);
		spin_unlock(&dev->lock);
	}
	return 0;
}
