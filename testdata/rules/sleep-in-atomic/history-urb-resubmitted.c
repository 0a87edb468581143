/* kernel: 5.0 */

/* The completion submits its URB again; the mask reaches the host controller. */
static void demo_read_bulk(struct urb *urb)
{
	struct demo_can *can = urb->context;
	int ret;

	switch (urb->status) {
	case 0:
		demo_parse(can, urb->transfer_buffer, urb->actual_length);
		break;
	case -ENOENT:
	case -EPIPE:
		return;
	}
	usb_fill_bulk_urb(urb, can->udev, can->in_pipe, urb->transfer_buffer,
			  can->in_size, demo_read_bulk, can);
	ret = usb_submit_urb(urb, GFP_KERNEL); /* expect: sleep-in-atomic */
	if (ret < 0)
		usb_unanchor_urb(urb);
}

int demo_start_rx(struct demo_can *can, struct urb *urb, void *buf)
{
	usb_fill_bulk_urb(urb, can->udev, can->in_pipe, buf, can->in_size, demo_read_bulk, can);
	usb_anchor_urb(urb, &can->rx_urbs);
	return usb_submit_urb(urb, GFP_KERNEL);
}
