/* kernel: 6.12 */
/* options: --rt */

/* An ordinary handler runs in a thread there, timers and tasklets in the softirq's thread. */
static irqreturn_t demo_irq(int irq, void *data)
{
	struct demo_dev *dev = data;

	spin_lock(&dev->lock);
	dev->event = kmalloc(32, GFP_ATOMIC);
	spin_unlock(&dev->lock);
	return IRQ_HANDLED;
}

static void demo_timeout(struct timer_list *t)
{
	struct demo_dev *dev = from_timer(dev, t, timer);

	dev->report = kmalloc(64, GFP_ATOMIC);
}

int demo_setup(struct demo_dev *dev)
{
	timer_setup(&dev->timer, demo_timeout, 0);
	return request_irq(dev->irq, demo_irq, 0, "demo", dev);
}
