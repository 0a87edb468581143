/* kernel: 6.1 */

void demo_nested(struct demo_dev *dev)
{
	unsigned int nofs = memalloc_nofs_save();
	unsigned int noio = memalloc_noio_save();

	demo_write_all(dev);
	memalloc_noio_restore(noio);
	memalloc_nofs_restore(nofs);
}

void demo_nested_same_kind(struct demo_dev *dev)
{
	unsigned int outer = memalloc_nofs_save();

	if (dev->deep) {
		unsigned int inner = memalloc_nofs_save();

		demo_write_all(dev);
		memalloc_nofs_restore(inner);
	}
	memalloc_nofs_restore(outer);
}
