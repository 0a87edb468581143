/* kernel: 6.1 */

/* With no first function there is only the thread. */
static irqreturn_t demo_alert(int irq, void *data)
{
	struct demo_client *client = data;

	client->msg = kmalloc(32, GFP_KERNEL);
	return client->msg ? IRQ_HANDLED : IRQ_NONE;
}

int demo_probe_irq(struct demo_client *client)
{
	return devm_request_threaded_irq(client->dev, client->irq, NULL, demo_alert,
					 IRQF_ONESHOT, "demo-alert", client);
}
