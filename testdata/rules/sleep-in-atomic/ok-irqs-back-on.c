/* kernel: 5.10 */

/* After each section, and between two of them, the task may sleep. */
int demo_cpu_sample(struct demo_pmu *pmu)
{
	unsigned long flags;
	int cpu;

	local_irq_save(flags);
	pmu->count = demo_read_counter(pmu);
	local_irq_restore(flags);
	pmu->last = kmalloc(64, GFP_KERNEL);
	cpu = get_cpu();
	pmu->seen[cpu]++;
	put_cpu();
	pmu->history = kmalloc(256, GFP_KERNEL);
	rcu_read_lock();
	pmu->owner = rcu_dereference(pmu->task);
	rcu_read_unlock();
	pmu->next = kmalloc(64, GFP_KERNEL);
	return 0;
}
