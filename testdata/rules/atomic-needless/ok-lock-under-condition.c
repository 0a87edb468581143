/* kernel: 5.10 */

/* The lock may be held, or not, as the device was set up. */
static int demo_probe(struct platform_device *pdev)
{
	struct demo_dev *dev = platform_get_drvdata(pdev);
	unsigned long flags = 0;

	if (dev->fast_io)
		spin_lock_irqsave(&dev->lock, flags);
	else
		mutex_lock(&dev->mutex);
	dev->cache = kzalloc(128, GFP_ATOMIC);
	if (dev->fast_io)
		spin_unlock_irqrestore(&dev->lock, flags);
	else
		mutex_unlock(&dev->mutex);
	return dev->cache ? 0 : -ENOMEM;
}

static struct platform_driver demo_driver = {
	.probe = demo_probe,
	.driver = { .name = "demo" },
};
module_platform_driver(demo_driver);
