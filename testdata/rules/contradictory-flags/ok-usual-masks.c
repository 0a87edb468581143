/* kernel: 6.1 */

/* Masks as the kernel is full of them. */
int demo_usual(struct demo_dev *dev)
{
	dev->a = kmalloc(sizeof(*dev->a), GFP_NOFS | __GFP_NOFAIL | __GFP_NOLOCKDEP);
	dev->b = alloc_pages_node(dev->node, GFP_USER | __GFP_THISNODE | __GFP_NOWARN, 0);
	dev->c = alloc_page(GFP_NOWAIT | __GFP_NOWARN | __GFP_HIGH);
	dev->d = alloc_pages(GFP_TRANSHUGE | __GFP_NORETRY, 9);
	dev->e = alloc_page(GFP_KERNEL | __GFP_ZERO | __GFP_ACCOUNT | __GFP_HARDWALL);
	dev->f = kmem_cache_alloc(dev->cache, GFP_KERNEL | __GFP_RECLAIMABLE);
	return 0;
}
