/* kernel: 5.10 */

/* The flags meet in no expression. */
int demo_separate(struct demo_dev *dev, size_t n, bool high)
{
	dev->zone = high ? __GFP_HIGHMEM : __GFP_DMA32;
	dev->first = alloc_page(GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN);
	if (!dev->first)
		dev->first = alloc_page(GFP_KERNEL | __GFP_NOFAIL);
	demo_set_masks(dev, GFP_KERNEL, GFP_NOFS);
	return 0;
}
