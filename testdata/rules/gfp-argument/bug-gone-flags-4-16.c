/* kernel: 4.16 */

int demo_gone(struct demo_dev *dev, size_t len)
{
	dev->a = kmalloc(len, GFP_KERNEL | __GFP_REPEAT); /* expect: gfp-argument */
	dev->b = kmalloc(len, GFP_TEMPORARY); /* expect: gfp-argument */
	dev->c = alloc_page(GFP_KERNEL | __GFP_COLD); /* expect: gfp-argument */
	return 0;
}
