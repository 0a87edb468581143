/* kernel: 6.1 */

/* A probe runs in process context with nothing held: the reserves are spent for nothing. */
static int demo_probe(struct platform_device *pdev)
{
	struct demo_dev *dev;

	dev = devm_kzalloc(&pdev->dev, sizeof(*dev), GFP_ATOMIC); /* expect: atomic-needless */
	if (!dev)
		return -ENOMEM;
	dev->regs = devm_kmalloc_array(&pdev->dev, 16, sizeof(u32), GFP_KERNEL);
	platform_set_drvdata(pdev, dev);
	return 0;
}

static struct platform_driver demo_driver = {
	.probe = demo_probe,
	.driver = { .name = "demo" },
};
module_platform_driver(demo_driver);
