/* kernel: 5.0 */

/* The completion resubmits with a mask that fits; what starts it first may sleep. */
static void demo_read_bulk(struct urb *urb)
{
	struct demo_can *can = urb->context;

	if (urb->status)
		return;
	demo_parse(can, urb->transfer_buffer, urb->actual_length);
	if (usb_submit_urb(urb, GFP_ATOMIC) < 0)
		can->errors++;
}

int demo_start_rx(struct demo_can *can)
{
	struct urb *urb = usb_alloc_urb(0, GFP_KERNEL);
	void *buf;

	if (!urb)
		return -ENOMEM;
	buf = usb_alloc_coherent(can->udev, can->in_size, GFP_KERNEL, &urb->transfer_dma);
	if (!buf)
		return -ENOMEM;
	usb_fill_bulk_urb(urb, can->udev, can->in_pipe, buf, can->in_size, demo_read_bulk, can);
	return usb_submit_urb(urb, GFP_KERNEL);
}
