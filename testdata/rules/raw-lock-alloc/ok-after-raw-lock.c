/* kernel: 6.12 */
/* options: --rt */

/* The request is made before or after the raw section. */
int demo_route_irq(struct demo_router *r)
{
	struct demo_route *route = kmalloc(sizeof(*route), GFP_KERNEL);
	unsigned long flags;

	if (!route)
		return -ENOMEM;
	raw_spin_lock_irqsave(&r->lock, flags);
	list_add(&route->list, &r->routes);
	raw_spin_unlock_irqrestore(&r->lock, flags);
	spin_lock(&r->note_lock);
	r->note = kmalloc(16, GFP_ATOMIC);
	spin_unlock(&r->note_lock);
	return 0;
}
