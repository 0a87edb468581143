/* kernel: 6.1 */

/* The mask is not always the second argument. */
int demo_positions(struct demo_dev *dev, int nid)
{
	dev->b = kmalloc_node(256, GFP_KERNEL, 0);
	dev->c = kmalloc_array_node(16, 8, GFP_KERNEL, nid);
	dev->d = mempool_alloc(dev->pool, GFP_NOIO);
	dev->e = dma_alloc_coherent(dev->parent, 4096, &dev->dma, GFP_KERNEL);
	dev->f = kmemdup(dev->key, 32, GFP_KERNEL);
	dev->g = idr_alloc(&dev->idr, dev, 1, 0, GFP_KERNEL);
	dev->h = krealloc(dev->f, 64, GFP_KERNEL);
	return 0;
}

int demo_handed_on(struct demo_dev *dev, int nid, gfp_t gfp)
{
	dev->a = alloc_pages_node(nid, gfp, 2);
	return 0;
}
