/* kernel: 5.0 */

/* Each kind of device has a table with its completions; a function of the driver's own fills the URBs with them. */
struct demo_callbacks {
	void (*instat)(struct urb *urb);
	void (*indat)(struct urb *urb);
};

static void demo_26_instat(struct urb *urb)
{
	usb_submit_urb(urb, GFP_KERNEL); /* expect: sleep-in-atomic */
}

static void demo_28_instat(struct urb *urb)
{
	usb_submit_urb(urb, GFP_ATOMIC);
}

static struct demo_callbacks demo_table[] = {
	{ .instat = demo_26_instat, },
	{ .instat = demo_28_instat, },
};

static struct urb *demo_setup_urb(struct demo_serial *serial, int endpoint, void *buf, int len,
				  void (*callback)(struct urb *))
{
	struct urb *urb = usb_alloc_urb(0, GFP_KERNEL);

	if (urb)
		usb_fill_bulk_urb(urb, serial->dev, endpoint, buf, len, callback, serial);
	return urb;
}

void demo_setup_urbs(struct demo_serial *serial)
{
	struct demo_callbacks *cback = &demo_table[serial->kind];

	serial->instat = demo_setup_urb(serial, 1, serial->buf, 64, cback->instat);
}
