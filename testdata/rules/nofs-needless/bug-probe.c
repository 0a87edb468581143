/* kernel: 6.1 */

/* No filesystem far and wide: a driver's probe holds nothing that reclaim could want. */
static int demo_probe(struct platform_device *pdev)
{
	struct demo_dev *dev = devm_kzalloc(&pdev->dev, sizeof(*dev), GFP_KERNEL);

	if (!dev)
		return -ENOMEM;
	dev->ring = kcalloc(64, sizeof(*dev->ring), GFP_NOFS); /* expect: nofs-needless */
	if (!dev->ring)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	return 0;
}

static struct platform_driver demo_driver = {
	.probe = demo_probe,
	.driver = { .name = "demo" },
};
module_platform_driver(demo_driver);
