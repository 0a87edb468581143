/* kernel: 5.17 */

/*
 * In this version kvmalloc took any mask and went on to vmalloc with it: a
 * packet filter that allocated its state with GFP_ATOMIC slept in softirq.
 */
void *demo_state_new(size_t entries)
{
	return kvzalloc(entries * sizeof(u64), GFP_ATOMIC); /* expect: vmalloc-restricted */
}
