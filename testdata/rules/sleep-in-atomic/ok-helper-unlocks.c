/* kernel: 5.10 */

/* The helper unlocks for its caller; after it the caller may sleep. */
static void demo_finish_and_unlock(struct demo_port *port, int status)
	__releases(&port->lock)
{
	port->status = status;
	port->busy = false;
	spin_unlock(&port->lock);
}

int demo_port_stop(struct demo_port *port)
{
	spin_lock(&port->lock);
	if (!port->busy) {
		demo_finish_and_unlock(port, 0);
		port->idle_note = kmalloc(16, GFP_KERNEL);
		return 0;
	}
	demo_finish_and_unlock(port, -ESHUTDOWN);
	port->report = kzalloc(sizeof(*port->report), GFP_KERNEL);
	return port->report ? 0 : -ENOMEM;
}
