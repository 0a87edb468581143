/* kernel: 6.12 */

/* A thread of an interrupt, a work function, a kthread: all run in process context, whoever starts them. */
static irqreturn_t demo_irq(int irq, void *data)
{
	struct demo_dev *dev = data;

	dev->stamp = kmalloc(16, GFP_ATOMIC);
	return IRQ_WAKE_THREAD;
}

static irqreturn_t demo_irq_thread(int irq, void *data)
{
	struct demo_dev *dev = data;

	dev->event = kzalloc(sizeof(*dev->event), GFP_KERNEL);
	return IRQ_HANDLED;
}

static void demo_reset_work(struct work_struct *work)
{
	struct demo_dev *dev = container_of(work, struct demo_dev, reset_work);

	dev->ring = vzalloc(dev->ring_len);
}

static void demo_timeout(struct timer_list *t)
{
	struct demo_dev *dev = from_timer(dev, t, timer);

	schedule_work(&dev->reset_work);
}

static int demo_thread(void *data)
{
	struct demo_dev *dev = data;

	while (!kthread_should_stop())
		dev->log = krealloc(dev->log, 256, GFP_KERNEL);
	return 0;
}

int demo_start(struct demo_dev *dev)
{
	INIT_WORK(&dev->reset_work, demo_reset_work);
	timer_setup(&dev->timer, demo_timeout, 0);
	dev->task = kthread_run(demo_thread, dev, "demo");
	return request_threaded_irq(dev->irq, demo_irq, demo_irq_thread, IRQF_ONESHOT, "demo", dev);
}
