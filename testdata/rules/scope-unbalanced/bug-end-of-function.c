/* kernel: 4.16 */

void demo_flush(struct demo_dev *dev)
{
	unsigned int noio;

	noio = memalloc_noio_save();
	if (demo_write_all(dev) == 0) {
		memalloc_noio_restore(noio);
		return;
	}
	demo_mark_broken(dev);
} /* expect: scope-unbalanced */
