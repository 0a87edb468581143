/* kernel: 6.12 */

/* The lock is dropped by the same answer by which it was taken, whatever else was asked between. */
int demo_update(struct demo_hub *hub, bool shared, bool port, bool link)
{
	int i;

	if (shared)
		spin_lock(&hub->lock);
	if (port)
		demo_stop_port(hub);
	if (link)
		demo_stop_link(hub);
	for (i = 0; i < hub->count; i++)
		demo_quiesce(hub, i);
	if (shared)
		spin_unlock(&hub->lock);
	hub->log = kmalloc(hub->log_size, GFP_KERNEL);
	return hub->log ? 0 : -ENOMEM;
}

/* The first round is not like the others: it begins without the lock. */
int demo_walk(struct demo_hub *hub)
{
	int i;

	for (i = 0; i < hub->count; i++) {
		if (i)
			spin_unlock(&hub->lock);
		if (!hub->ports[i])
			hub->ports[i] = kmalloc(hub->port_size, GFP_KERNEL);
		spin_lock(&hub->lock);
	}
	if (i)
		spin_unlock(&hub->lock);
	return 0;
}
