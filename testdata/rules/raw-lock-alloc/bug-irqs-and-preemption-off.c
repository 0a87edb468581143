/* kernel: 6.12 */
/* options: --rt */

/* Hard off, by whatever name; one request is two calls away. */
static void *demo_slot(struct demo_cpu *c)
{
	return kmem_cache_alloc(c->cache, GFP_NOWAIT); /* expect: raw-lock-alloc */
}

static void demo_fill(struct demo_cpu *c)
{
	if (!c->slot)
		c->slot = demo_slot(c);
}

void demo_cpu_switch(struct demo_cpu *c)
{
	unsigned long flags;

	local_irq_save(flags);
	demo_fill(c);
	local_irq_restore(flags);
	preempt_disable();
	c->page = alloc_page(GFP_ATOMIC); /* expect: raw-lock-alloc */
	preempt_enable();
}

void demo_bit_insert(struct hlist_bl_head *head)
{
	struct demo_node *node;

	hlist_bl_lock(head);
	node = kmalloc(sizeof(*node), GFP_ATOMIC); /* expect: raw-lock-alloc */
	if (node)
		hlist_bl_add_head(&node->link, head);
	hlist_bl_unlock(head);
}
