/* kernel: 6.1 */

int demo_nested(struct demo_dev *dev)
{
	unsigned int nofs, noio;

	nofs = memalloc_nofs_save();
	dev->a = kmalloc(32, GFP_NOIO);
	noio = memalloc_noio_save();
	dev->b = kmalloc(32, GFP_NOFS); /* expect: scope-implicit */
	memalloc_noio_restore(noio);
	dev->c = kmalloc(32, GFP_USER); /* expect: scope-implicit */
	memalloc_nofs_restore(nofs);
	return 0;
}
