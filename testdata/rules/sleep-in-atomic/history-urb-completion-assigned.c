/* kernel: 4.16 */

/* The completion of an URB is an interrupt; the function is set by an assignment. */
static void demo_recv_response(struct urb *urb)
{
	struct demo_phy *phy = urb->context;
	struct sk_buff *skb = NULL;

	if (!urb->status) {
		skb = alloc_skb(urb->actual_length, GFP_KERNEL); /* expect: sleep-in-atomic */
		if (skb)
			skb_put_data(skb, urb->transfer_buffer, urb->actual_length);
	}
	demo_recv_frame(phy->priv, skb, urb->status);
}

int demo_submit_for_response(struct demo_phy *phy, gfp_t flags)
{
	phy->in_urb->complete = demo_recv_response;
	return usb_submit_urb(phy->in_urb, flags);
}
