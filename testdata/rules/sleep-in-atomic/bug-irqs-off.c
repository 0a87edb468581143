/* kernel: 5.10 */

/* No lock at all: interrupts are off. */
int demo_cpu_sample(struct demo_pmu *pmu)
{
	struct demo_sample *s;
	unsigned long flags;

	local_irq_save(flags);
	s = kmalloc(sizeof(*s), GFP_KERNEL); /* expect: sleep-in-atomic */
	if (s)
		s->count = demo_read_counter(pmu);
	local_irq_restore(flags);
	pmu->last = s;
	return s ? 0 : -ENOMEM;
}

void demo_cpu_reset(struct demo_pmu *pmu)
{
	local_irq_disable();
	pmu->scratch = kzalloc(128, GFP_NOFS); /* expect: sleep-in-atomic */
	local_irq_enable();
}
