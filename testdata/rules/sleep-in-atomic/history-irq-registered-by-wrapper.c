/* kernel: 5.0 */

/* The handler is handed to the driver's own function, and from there to request_irq(). */
static void demo_queue_event(struct demo_log *log)
{
	struct demo_work *work = kmalloc(sizeof(*work), GFP_KERNEL); /* expect: sleep-in-atomic */

	if (!work)
		return;
	INIT_WORK(&work->work, demo_handle_event);
	work->log = kmemdup(log, sizeof(*log), GFP_KERNEL); /* expect: sleep-in-atomic */
	queue_work(demo_wq, &work->work);
}

static irqreturn_t demo_hotplug_interrupt(int irq, void *dev_id)
{
	spin_lock(&demo_log_lock);
	demo_read_log(&demo_log_buf);
	demo_queue_event(&demo_log_buf);
	spin_unlock(&demo_log_lock);
	return IRQ_HANDLED;
}

static void demo_request_sources(struct device_node *np, irq_handler_t handler, const char *name)
{
	int i;

	for (i = 0; i < 16; i++) {
		unsigned int virq = irq_of_parse_and_map(np, i);

		if (request_irq(virq, handler, 0, name, NULL))
			pr_err("demo: no interrupt %d\n", i);
	}
}

int demo_init_hotplug(struct device_node *np)
{
	demo_request_sources(np, demo_hotplug_interrupt, "demo-hotplug");
	return 0;
}
