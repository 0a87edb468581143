/* kernel: 6.1 */

/* The per-cpu allocator never promised anything for this flag. */
void demo_stats_init(struct demo_stats *stats)
{
	int cpu;

	stats->pcpu = __alloc_percpu_gfp(sizeof(u64), sizeof(u64), GFP_KERNEL | __GFP_NOFAIL); /* expect: nofail-checked */
	for_each_possible_cpu(cpu)
		*per_cpu_ptr(stats->pcpu, cpu) = 0;
}
