/* kernel: 5.0 */

/* get_cpu() hides in an argument; preemption stays off until the put_cpu() below. */
int demo_ddp_setup(struct demo_fcoe *fcoe, u16 xid)
{
	struct demo_ddp_pool *pool;
	struct demo_ddp *ddp = &fcoe->ddp[xid];

	pool = per_cpu_ptr(fcoe->ddp_pool, get_cpu());
	if (!pool->pool) {
		demo_note(fcoe, "no pool on this cpu");
		goto out;
	}
	ddp->udl = dma_pool_alloc(pool->pool, GFP_KERNEL, &ddp->udp); /* expect: sleep-in-atomic */
	if (!ddp->udl)
		goto out;
	ddp->pool = pool->pool;
	put_cpu();
	return 1;
out:
	put_cpu();
	return 0;
}
