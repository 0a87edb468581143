/* kernel: 5.10 */

/* One variable, used again after its cookie was given back. */
void demo_sequence(struct demo_dev *dev)
{
	unsigned int flags;

	flags = memalloc_nofs_save();
	demo_write_all(dev);
	memalloc_nofs_restore(flags);

	flags = memalloc_noio_save();
	demo_sync(dev);
	memalloc_noio_restore(flags);
}
