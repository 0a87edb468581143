/* kernel: 6.1 */

/* The same names where the kernel may sleep, or with masks that fit. */
static int demo_play_effect(struct input_dev *dev, void *data, struct ff_effect *effect)
{
	struct demo_pad *pad = input_get_drvdata(dev);

	pad->report = kzalloc(8, GFP_ATOMIC);
	return pad->report ? 0 : -ENOMEM;
}

static int demo_switchdev_blocking(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct demo_update *update = kmalloc(sizeof(*update), GFP_KERNEL);

	if (update)
		demo_queue(update, ptr);
	return NOTIFY_DONE;
}

static struct notifier_block demo_switchdev_nb = {
	.notifier_call = demo_switchdev_blocking,
};

static int demo_alloc(struct irq_domain *domain, unsigned int virq, unsigned int n, void *arg)
{
	struct demo_irq *irq = kzalloc(sizeof(*irq), GFP_KERNEL);

	return irq ? demo_set(domain, virq, irq) : -ENOMEM;
}

static const struct irq_domain_ops demo_domain_ops = {
	.alloc = demo_alloc,
};

static int demo_upload(struct input_dev *dev, struct ff_effect *effect, struct ff_effect *old)
{
	struct demo_pad *pad = input_get_drvdata(dev);

	pad->buffer = kmalloc(64, GFP_KERNEL);
	return pad->buffer ? 0 : -ENOMEM;
}

int demo_setup(struct demo_dev *dev)
{
	demo_use(&demo_domain_ops);
	dev->input->ff->upload = demo_upload;
	register_switchdev_blocking_notifier(&demo_switchdev_nb);
	return input_ff_create_memless(dev->input, NULL, demo_play_effect);
}
