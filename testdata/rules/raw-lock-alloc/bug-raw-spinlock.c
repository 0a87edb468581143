/* kernel: 6.12 */
/* options: --rt */

/* On PREEMPT_RT the allocators take sleeping locks; a raw lock leaves no room for any request. */
int demo_route_irq(struct demo_router *r, u32 irq)
{
	struct demo_route *route;
	unsigned long flags;

	raw_spin_lock_irqsave(&r->lock, flags);
	route = kmalloc(sizeof(*route), GFP_ATOMIC); /* expect: raw-lock-alloc */
	if (route) {
		route->irq = irq;
		list_add(&route->list, &r->routes);
	}
	raw_spin_unlock_irqrestore(&r->lock, flags);
	return route ? 0 : -ENOMEM;
}
