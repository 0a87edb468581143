/* kernel: 4.10 */

/* A driver gives its callback to a function that keeps it in a field, from where it is called under a lock. */
struct demo_bus {
	spinlock_t lock;
	void (*notify)(void *data, int what);
	void *data;
};

typedef void (*demo_event_fn)(void *data, int what);

void demo_bus_set_notify(struct demo_bus *bus, demo_event_fn notify, void *data)
{
	bus->notify = notify;
	bus->data = data;
}

void demo_bus_event(struct demo_bus *bus, int what)
{
	unsigned long flags;

	spin_lock_irqsave(&bus->lock, flags);
	if (bus->notify)
		bus->notify(bus->data, what);
	spin_unlock_irqrestore(&bus->lock, flags);
}

static void demo_driver_notify(void *data, int what)
{
	struct demo_event *event = kmalloc(sizeof(*event), GFP_KERNEL); /* expect: sleep-in-atomic */

	if (!event)
		return;
	event->what = what;
	demo_queue(data, event);
}

int demo_driver_probe(struct demo_driver *drv)
{
	demo_bus_set_notify(drv->bus, demo_driver_notify, drv);
	return 0;
}

/* An URB is filled by hand in a function of the driver's own. */
static void demo_fill(struct urb *urb, void (*done)(struct urb *urb))
{
	urb->complete = done;
}

static void demo_done(struct urb *urb)
{
	usb_submit_urb(urb, GFP_KERNEL); /* expect: sleep-in-atomic */
}

void demo_setup(struct demo_driver *drv)
{
	demo_fill(drv->urb, demo_done);
}
