/* kernel: 5.17 */

/* Locking and unlocking are wrappers, and the lock is behind two pointers. */
struct demo_core {
	spinlock_t lock;
};

struct demo_port {
	struct demo_core *core;
	void *shadow;
};

static inline void demo_port_lock(struct demo_port *port)
{
	spin_lock_bh(&port->core->lock);
}

static inline void demo_port_unlock(struct demo_port *port)
{
	spin_unlock_bh(&port->core->lock);
}

int demo_port_snapshot(struct demo_port *port, size_t len)
{
	int ret = 0;

	demo_port_lock(port);
	port->shadow = kmemdup(demo_regs(port), len, GFP_KERNEL); /* expect: sleep-in-atomic */
	if (!port->shadow)
		ret = -ENOMEM;
	demo_port_unlock(port);
	if (!ret)
		port->shadow = krealloc(port->shadow, len * 2, GFP_KERNEL);
	return ret;
}
