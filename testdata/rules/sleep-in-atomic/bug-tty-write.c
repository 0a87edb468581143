/* kernel: 6.1 */

/* Writing to a terminal may come from anywhere, also from a line discipline's interrupt; opening may not. */
static int demo_tty_write(struct tty_struct *tty, const unsigned char *buf, int count)
{
	struct demo_port *port = tty->driver_data;
	struct demo_chunk *chunk = kmalloc(sizeof(*chunk) + count, GFP_KERNEL); /* expect: sleep-in-atomic */

	if (!chunk)
		return 0;
	memcpy(chunk->data, buf, count);
	return demo_queue(port, chunk, count);
}

static int demo_tty_open(struct tty_struct *tty, struct file *filp)
{
	struct demo_port *port = tty->driver_data;

	port->rx = kmalloc(4096, GFP_KERNEL);
	return port->rx ? 0 : -ENOMEM;
}

static const struct tty_operations demo_tty_ops = {
	.open = demo_tty_open,
	.write = demo_tty_write,
};

void demo_tty_setup(struct tty_driver *drv)
{
	tty_set_operations(drv, &demo_tty_ops);
}
