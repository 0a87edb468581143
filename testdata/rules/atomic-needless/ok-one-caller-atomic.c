/* kernel: 5.17 */

/* One of three ways in holds a lock; it is three calls away. */
static struct demo_msg *demo_msg_new(u32 code)
{
	struct demo_msg *msg = kmalloc(sizeof(*msg), GFP_ATOMIC);

	if (msg)
		msg->code = code;
	return msg;
}

static int demo_notify(struct demo_dev *dev, u32 code)
{
	struct demo_msg *msg = demo_msg_new(code);

	return msg ? demo_post(dev, msg) : -ENOMEM;
}

static int demo_set_state(struct demo_dev *dev, u32 state)
{
	dev->state = state;
	return demo_notify(dev, state);
}

static irqreturn_t demo_irq(int irq, void *data)
{
	struct demo_dev *dev = data;

	spin_lock(&dev->lock);
	demo_set_state(dev, demo_read_state(dev));
	spin_unlock(&dev->lock);
	return IRQ_HANDLED;
}

static int demo_probe(struct platform_device *pdev)
{
	struct demo_dev *dev = platform_get_drvdata(pdev);

	demo_notify(dev, DEMO_HELLO);
	return devm_request_irq(&pdev->dev, dev->irq, demo_irq, 0, "demo", dev);
}

static int demo_remove(struct platform_device *pdev)
{
	return demo_set_state(platform_get_drvdata(pdev), DEMO_GONE);
}

static struct platform_driver demo_driver = {
	.probe = demo_probe,
	.remove = demo_remove,
	.driver = { .name = "demo" },
};
module_platform_driver(demo_driver);
