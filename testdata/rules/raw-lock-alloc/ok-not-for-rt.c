/* kernel: 6.12 */

/* Nobody asked about PREEMPT_RT: without it these are the right masks. */
int demo_route_irq(struct demo_router *r)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&r->lock, flags);
	r->route = kmalloc(64, GFP_ATOMIC);
	raw_spin_unlock_irqrestore(&r->lock, flags);
	preempt_disable();
	r->page = alloc_page(GFP_NOWAIT | __GFP_NOWARN);
	preempt_enable();
	return r->route ? 0 : -ENOMEM;
}
