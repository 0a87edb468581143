/* kernel: 6.1 */

/* A tasklet, a completion, a callback that may come in either context, and a section of RCU inside a probe. */
static void demo_tasklet(struct tasklet_struct *t)
{
	struct demo_dev *dev = from_tasklet(dev, t, tasklet);

	dev->a = kmalloc(32, GFP_ATOMIC);
}

static void demo_gpio_set(struct gpio_chip *gc, unsigned int offset, int value)
{
	struct demo_dev *dev = gpiochip_get_data(gc);

	dev->b = kmalloc(32, GFP_ATOMIC);
}

static void demo_release(struct kobject *kobj)
{
	struct demo_dev *dev = container_of(kobj, struct demo_dev, kobj);

	dev->c = kmalloc(32, GFP_ATOMIC);
}

static const struct kobj_type demo_ktype = {
	.release = demo_release,
};

static int demo_probe(struct platform_device *pdev)
{
	struct demo_dev *dev = platform_get_drvdata(pdev);

	tasklet_setup(&dev->tasklet, demo_tasklet);
	dev->gc.set = demo_gpio_set;
	kobject_init(&dev->kobj, &demo_ktype);
	rcu_read_lock();
	dev->d = kmalloc(32, GFP_ATOMIC);
	rcu_read_unlock();
	return 0;
}

static struct platform_driver demo_driver = {
	.probe = demo_probe,
	.driver = { .name = "demo" },
};
module_platform_driver(demo_driver);
