/* kernel: 6.1 */

/* In an interrupt preempt_count() is not zero; the other caller may sleep. */
static void demo_note(struct demo_table *t)
{
	gfp_t gfp = (preempt_count() || irqs_disabled()) ? GFP_ATOMIC : GFP_KERNEL;

	t->note = kmalloc(32, gfp);
}

static irqreturn_t demo_irq(int irq, void *data)
{
	demo_note(data);
	return IRQ_HANDLED;
}

int demo_irq_setup(struct demo_table *t)
{
	demo_note(t);
	return request_irq(t->irq, demo_irq, 0, "demo", t);
}
