/* kernel: 6.12 */

/* The frame handler is reached by a way too long to follow to its end, and then at once. */
static int demo_answer(struct demo_port *port)
{
	port->reply = kmalloc(port->reply_size, GFP_KERNEL); /* expect: sleep-in-atomic */
	return port->reply ? 0 : -ENOMEM;
}

static int demo_reject(struct demo_port *port)
{
	return demo_answer(port);
}

static int demo_frame(struct demo_port *port)
{
	return demo_reject(port);
}

static int demo_pending(struct demo_port *port)
{
	return demo_frame(port);
}

static int demo_wake(struct demo_port *port)
{
	return demo_pending(port);
}

static int demo_enter(struct demo_port *port)
{
	return demo_wake(port);
}

static int demo_change(struct demo_port *port)
{
	return demo_enter(port);
}

static int demo_step(struct demo_port *port)
{
	return demo_change(port);
}

static int demo_start(struct demo_port *port)
{
	port->log = kmalloc(port->log_size, GFP_ATOMIC);
	if (!port->log)
		return -ENOMEM;
	return demo_step(port);
}

int demo_receive(struct demo_port *port, struct demo_hub *hub)
{
	int err;

	spin_lock(&hub->lock);
	if (!port->started)
		demo_start(port);
	err = demo_frame(port);
	spin_unlock(&hub->lock);
	return err;
}
