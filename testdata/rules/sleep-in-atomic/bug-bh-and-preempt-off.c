/* kernel: 6.1 */

/* Bottom halves off, preemption off, a per-cpu variable in use: none of them may sleep. */
void demo_stats_flush(struct demo_net *net)
{
	local_bh_disable();
	net->report = kmalloc(256, GFP_KERNEL); /* expect: sleep-in-atomic */
	demo_sum(net);
	local_bh_enable();
}

void demo_cpu_switch(struct demo_net *net)
{
	preempt_disable();
	net->ctx = kzalloc(64, GFP_KERNEL); /* expect: sleep-in-atomic */
	preempt_enable();
}

void demo_batch_add(struct demo_net *net, struct demo_pkt *pkt)
{
	struct demo_batch *batch = &get_cpu_var(demo_batches);

	if (!batch->slots)
		batch->slots = kcalloc(16, sizeof(*batch->slots), GFP_KERNEL); /* expect: sleep-in-atomic */
	demo_enqueue(batch, pkt);
	put_cpu_var(demo_batches);
}
