/* kernel: 6.1 */

/* Functions that only sound like the kernel's. */
int demo_names(struct demo_fs *fs)
{
	unsigned int s = demo_memalloc_nofs_save(fs);

	fs->a = kmalloc(64, GFP_KERNEL);
	demo_memalloc_nofs_restore(fs, s);
	s = fs->ops->memalloc_noio_save(fs);
	fs->b = kmalloc(64, GFP_KERNEL);
	/* memalloc_nofs_save(); */
	fs->c = kmalloc(64, GFP_KERNEL);
	return s;
}
