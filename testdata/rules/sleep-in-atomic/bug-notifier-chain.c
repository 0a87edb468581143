/* kernel: 5.10 */

/* An atomic chain is called under rcu_read_lock(). */
static int demo_addr_event(struct notifier_block *nb, unsigned long action, void *data)
{
	if (action != DEMO_UP)
		return NOTIFY_DONE;
	demo_addr_note = kmalloc(64, GFP_KERNEL); /* expect: sleep-in-atomic */
	return NOTIFY_OK;
}

static struct notifier_block demo_addr_nb = {
	.notifier_call = demo_addr_event,
};

int demo_notify_init(void)
{
	return atomic_notifier_chain_register(&demo_atomic_chain, &demo_addr_nb);
}
