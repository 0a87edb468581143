/* kernel: 5.10 */

/* Nothing is known of these; they may well be right. */
void *demo_untyped(int a, int b)
{
	return kmalloc(a, b);
}

void *demo_sum(struct demo_dev *dev, size_t head, size_t body)
{
	return kmalloc(head + body, dev->gfp_mask);
}

void *demo_zero_size(void)
{
	return kmalloc(0, GFP_KERNEL);
}
