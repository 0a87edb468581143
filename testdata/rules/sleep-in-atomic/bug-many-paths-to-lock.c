/* kernel: 6.12 */

/* However many rounds it counts, the helper takes the lock for its caller. */
static void demo_lock_ports(struct demo_hub *hub)
{
	int i;

	for (i = 0; i < hub->count; i++)
		demo_quiesce(hub, i);
	spin_lock(&hub->lock);
}

int demo_add_port(struct demo_hub *hub)
{
	struct demo_port *port;

	demo_lock_ports(hub);
	port = kzalloc(sizeof(*port), GFP_KERNEL); /* expect: sleep-in-atomic */
	if (port)
		list_add(&port->list, &hub->ports);
	spin_unlock(&hub->lock);
	return port ? 0 : -ENOMEM;
}

/* Each of these is asked again later, and none has to do with the lock. */
static void demo_begin_reset(struct demo_hub *hub, bool port, bool link, bool power, bool clock, bool wake, bool lane)
{
	if (port)
		demo_stop_port(hub);
	if (link)
		demo_stop_link(hub);
	if (power)
		demo_stop_power(hub);
	if (clock)
		demo_stop_clock(hub);
	if (wake)
		demo_stop_wake(hub);
	if (lane)
		demo_stop_lane(hub);
	spin_lock(&hub->lock);
	if (port)
		demo_reset_port(hub);
	if (link)
		demo_reset_link(hub);
	if (power)
		demo_reset_power(hub);
	if (clock)
		demo_reset_clock(hub);
	if (wake)
		demo_reset_wake(hub);
	if (lane)
		demo_reset_lane(hub);
}

int demo_reset(struct demo_hub *hub, bool port, bool link, bool power, bool clock, bool wake, bool lane)
{
	demo_begin_reset(hub, port, link, power, clock, wake, lane);
	hub->log = kmalloc(hub->log_size, GFP_KERNEL); /* expect: sleep-in-atomic */
	spin_unlock(&hub->lock);
	return hub->log ? 0 : -ENOMEM;
}
