/* kernel: 5.0 */

/* An operation that others implement with care; here the mask of the interface gets lost in a helper's call. */
struct demo_hcd_ops {
	int (*enqueue)(struct demo_hcd *hcd, struct urb *urb, gfp_t mem_flags);
};

static struct demo_td *demo_td_alloc(struct demo_hcd *hcd, gfp_t flags)
{
	return dma_pool_zalloc(hcd->td_pool, flags, &hcd->td_dma);
}

static int demo_enqueue(struct demo_hcd *hcd, struct urb *urb, gfp_t mem_flags)
{
	struct demo_td *td = demo_td_alloc(hcd, GFP_KERNEL); /* expect: gfp-ignored */

	if (!td)
		return -ENOMEM;
	td->urb = urb;
	return demo_ring(hcd, td);
}

const struct demo_hcd_ops demo_ops = {
	.enqueue = demo_enqueue,
};
