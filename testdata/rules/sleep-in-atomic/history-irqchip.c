/* kernel: 4.10 */

/* An irq chip's operations run under the descriptor's raw lock. */
static int demo_fill_block(struct demo_bus *bus, u32 vector)
{
	struct demo_int_desc *desc = kzalloc(sizeof(*desc), GFP_KERNEL); /* expect: sleep-in-atomic */

	if (!desc)
		return -ENOMEM;
	desc->vector = vector;
	return demo_send(bus, desc);
}

static void demo_irq_compose_msi_msg(struct irq_data *data, struct msi_msg *msg)
{
	struct demo_bus *bus = irq_data_get_irq_chip_data(data);

	if (demo_fill_block(bus, data->hwirq))
		msg->data = 0;
}

static struct irq_chip demo_msi_chip = {
	.name = "demo-msi",
	.irq_compose_msi_msg = demo_irq_compose_msi_msg,
};

int demo_msi_domain(struct demo_bus *bus)
{
	return demo_register_chip(bus, &demo_msi_chip);
}
