/* kernel: 6.1 */

void demo_order(struct demo_dev *dev)
{
	unsigned int nofs = memalloc_nofs_save();
	unsigned int noio = memalloc_noio_save();

	demo_write_all(dev);
	memalloc_nofs_restore(nofs); /* expect: scope-misnested */
	memalloc_noio_restore(noio);
}

/* With two of one kind the last restore turns the restriction on for good. */
void demo_order_same_kind(struct demo_dev *dev)
{
	unsigned int outer, inner;

	outer = memalloc_nofs_save();
	inner = memalloc_nofs_save();
	demo_write_all(dev);
	memalloc_nofs_restore(outer); /* expect: scope-misnested */
	memalloc_nofs_restore(inner);
}
