/* kernel: 6.12 */
/* options: --rt */

/* IRQF_NO_THREAD keeps the handler a real interrupt; a raw lock's guard is one, too. */
static irqreturn_t demo_tick(int irq, void *data)
{
	struct demo_clock *clock = data;

	clock->event = kmalloc(32, GFP_ATOMIC); /* expect: raw-lock-alloc */
	return IRQ_HANDLED;
}

int demo_clock_setup(struct demo_clock *clock)
{
	return request_irq(clock->irq, demo_tick, IRQF_NO_THREAD | IRQF_TIMER, "demo-clock", clock);
}

int demo_clock_mask(struct demo_clock *clock)
{
	guard(raw_spinlock_irqsave)(&clock->lock);
	clock->mask = kzalloc(16, GFP_ATOMIC); /* expect: raw-lock-alloc */
	return clock->mask ? 0 : -ENOMEM;
}
