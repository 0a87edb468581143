/* kernel: 6.1 */
static void *demo_new(size_t len)
{
	return kmalloc(len, GFP_KERNEL); /* expect: scope-implicit */
}

/* The scope is opened on the way down. */
static void *demo_new_scoped(size_t len)
{
	unsigned int noio = memalloc_noio_save();
	void *p = demo_new(len);

	memalloc_noio_restore(noio);
	return p;
}

int demo_write(struct demo_fs *fs)
{
	fs->a = kmalloc(64, GFP_NOIO);
	fs->b = demo_new_scoped(64);
	return 0;
}
