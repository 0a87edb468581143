/* kernel: 6.12 */
/* options: --rt */

/* A chip's operation runs under the raw lock of the descriptor. What sleeps on any kernel is not named twice. */
static int demo_chip_set_type(struct irq_data *d, unsigned int type)
{
	struct demo_chip *chip = irq_data_get_irq_chip_data(d);

	chip->shadow = kzalloc(sizeof(*chip->shadow), GFP_ATOMIC); /* expect: raw-lock-alloc */
	return chip->shadow ? 0 : -ENOMEM;
}

static void demo_chip_mask(struct irq_data *d)
{
	struct demo_chip *chip = irq_data_get_irq_chip_data(d);

	chip->saved = kmalloc(16, GFP_KERNEL); /* expect: sleep-in-atomic */
}

static struct irq_chip demo_irq_chip = {
	.name = "demo",
	.irq_mask = demo_chip_mask,
	.irq_set_type = demo_chip_set_type,
};

int demo_chip_register(struct demo_chip *chip)
{
	return demo_add_chip(chip, &demo_irq_chip);
}
