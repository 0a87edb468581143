/* kernel: 4.16 */

/*
 * Five calls from the lock to the request. The one in the middle goes through
 * operations that another module registered.
 */
struct demo_core_cb_ops {
	void (*link_update)(void *dev, struct demo_link *link);
};

struct demo_core {
	spinlock_t link_lock;
	const struct demo_core_cb_ops *cb;
	void *cookie;
	struct demo_link link;
};

static struct demo_event *demo_rdma_free_event(struct demo_edev *edev)
{
	struct demo_event *ev = demo_reuse_event(edev);

	if (!ev)
		ev = kzalloc(sizeof(*ev), GFP_KERNEL); /* expect: sleep-in-atomic (medium) */
	return ev;
}

static void demo_rdma_add_event(struct demo_edev *edev, int what)
{
	struct demo_event *ev = demo_rdma_free_event(edev);

	if (ev)
		demo_rdma_queue(edev, ev, what);
}

static void demo_rdma_event_open(struct demo_edev *edev)
{
	demo_rdma_add_event(edev, DEMO_UP);
}

static void demo_eth_link_update(void *dev, struct demo_link *link)
{
	struct demo_edev *edev = dev;

	if (link->up)
		demo_rdma_event_open(edev);
}

static const struct demo_core_cb_ops demo_eth_cb = {
	.link_update = demo_eth_link_update,
};

void demo_eth_register(struct demo_core *core, struct demo_edev *edev)
{
	core->cookie = edev;
	core->cb = &demo_eth_cb;
}

static void demo_link_update(struct demo_core *core)
{
	if (core->cb)
		core->cb->link_update(core->cookie, &core->link);
}

void demo_handle_link_change(struct demo_core *core, bool up)
{
	spin_lock_bh(&core->link_lock);
	core->link.up = up;
	demo_link_update(core);
	spin_unlock_bh(&core->link_lock);
}
