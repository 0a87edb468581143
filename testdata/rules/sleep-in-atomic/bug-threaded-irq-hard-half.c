/* kernel: 6.12 */

/* The first function given to request_threaded_irq() is the interrupt, only the second is a thread. */
static irqreturn_t demo_irq(int irq, void *data)
{
	struct demo_dev *dev = data;

	dev->event = kzalloc(sizeof(*dev->event), GFP_KERNEL); /* expect: sleep-in-atomic */
	return dev->event ? IRQ_WAKE_THREAD : IRQ_NONE;
}

static irqreturn_t demo_irq_thread(int irq, void *data)
{
	struct demo_dev *dev = data;

	dev->copy = kmemdup(dev->event, sizeof(*dev->event), GFP_KERNEL);
	return IRQ_HANDLED;
}

int demo_setup_irq(struct demo_dev *dev)
{
	return request_threaded_irq(dev->irq, demo_irq, demo_irq_thread, IRQF_ONESHOT, "demo", dev);
}
