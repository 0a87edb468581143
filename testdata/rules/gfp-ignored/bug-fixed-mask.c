/* kernel: 6.1 */

/* The parameter is there, and the request says something else. */
struct demo_skb *demo_alloc_skb(struct demo_dev *dev, size_t len, gfp_t gfp)
{
	struct demo_skb *skb;

	skb = kzalloc(sizeof(*skb) + len, GFP_KERNEL); /* expect: gfp-ignored */
	if (skb)
		skb->len = len;
	return skb;
}
