/* kernel: 4.10 */

/* Flags that later versions dropped are right here. */
int demo_old(struct demo_dev *dev, size_t len)
{
	dev->a = kmalloc(len, GFP_KERNEL | __GFP_REPEAT);
	dev->b = kmalloc(len, GFP_TEMPORARY);
	dev->c = alloc_page(GFP_KERNEL | __GFP_COLD);
	dev->atomic = dev->gfp & __GFP_ATOMIC;
	return 0;
}
