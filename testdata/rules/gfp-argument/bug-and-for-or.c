/* kernel: 6.1 */

int demo_and(struct demo_dev *dev, size_t len)
{
	dev->a = kmalloc(len, GFP_KERNEL & __GFP_ZERO); /* expect: gfp-argument */
	dev->b = alloc_page(GFP_NOFS & __GFP_NOWARN); /* expect: gfp-argument */
	return 0;
}
