/* kernel: 6.1 */

int demo_pages(struct demo_dev *dev)
{
	dev->ring = alloc_pages(GFP_KERNEL | __GFP_NOFAIL, 2); /* expect: nofail-order */
	dev->addr = __get_free_pages(GFP_NOFS | __GFP_NOFAIL, 3); /* expect: nofail-order */
	dev->near = alloc_pages_node(dev->node, GFP_KERNEL | __GFP_NOFAIL | __GFP_COMP, 4); /* expect: nofail-order */
	return 0;
}
