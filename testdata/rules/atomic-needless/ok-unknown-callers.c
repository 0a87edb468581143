/* kernel: 6.1 */

/* Not static, exported, called through a pointer that others hold: nobody knows from where. */
void *demo_get_tag(struct demo_dev *dev)
{
	return kmalloc(16, GFP_ATOMIC);
}
EXPORT_SYMBOL_GPL(demo_get_tag);

int demo_tag(struct demo_dev *dev)
{
	dev->tag = kmalloc(16, GFP_ATOMIC);
	return dev->tag ? 0 : -ENOMEM;
}

static void demo_event(struct demo_dev *dev, u32 code)
{
	dev->event = kzalloc(32, GFP_ATOMIC);
}

int demo_watch(struct demo_bus *bus)
{
	return demo_bus_register(bus, demo_event);
}
