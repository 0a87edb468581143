/* kernel: 5.17 */

/* irq_work and functions for other CPUs run with interrupts off. */
static void demo_overflow(struct irq_work *work)
{
	struct demo_event *ev = container_of(work, struct demo_event, work);

	ev->record = kmalloc(sizeof(*ev->record), GFP_KERNEL); /* expect: sleep-in-atomic */
}

static void demo_read_cpu(void *info)
{
	struct demo_event *ev = info;

	ev->value = kzalloc(64, GFP_KERNEL); /* expect: sleep-in-atomic */
}

void demo_event_init(struct demo_event *ev)
{
	init_irq_work(&ev->work, demo_overflow);
	smp_call_function_single(ev->cpu, demo_read_cpu, ev, 1);
}
