/* kernel: 5.10 */

/* Which chain a notifier hangs in decides: this one is blocking; the atomic one allocates as it must. */
static int demo_reboot(struct notifier_block *nb, unsigned long action, void *data)
{
	demo_reboot_note = kmalloc(64, GFP_KERNEL);
	return NOTIFY_DONE;
}

static int demo_addr_event(struct notifier_block *nb, unsigned long action, void *data)
{
	demo_addr_note = kmalloc(64, GFP_ATOMIC);
	return NOTIFY_DONE;
}

static struct notifier_block demo_reboot_nb = { .notifier_call = demo_reboot };
static struct notifier_block demo_addr_nb = { .notifier_call = demo_addr_event };

int demo_notify_init(void)
{
	blocking_notifier_chain_register(&demo_chain, &demo_reboot_nb);
	return atomic_notifier_chain_register(&demo_atomic_chain, &demo_addr_nb);
}
