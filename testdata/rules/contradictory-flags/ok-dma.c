/* kernel: 5.0 */

/* GFP_DMA and GFP_DMA32 are single zone bits; they need a composite beside them. */
int demo_dma(struct demo_dev *dev)
{
	dev->a = kmalloc(256, GFP_KERNEL | GFP_DMA);
	dev->b = alloc_page(GFP_KERNEL | GFP_DMA32);
	dev->c = __get_free_pages(GFP_NOIO | __GFP_DMA, 1);
	dev->d = kzalloc(64, GFP_NOFS | GFP_DMA);
	return 0;
}
