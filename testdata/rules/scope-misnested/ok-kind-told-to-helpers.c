/* kernel: 6.1 */

/* The helpers choose the kind by the same argument on both sides. */
static unsigned int demo_restrict(bool noio)
{
	if (noio)
		return memalloc_noio_save();
	return memalloc_nofs_save();
}

static void demo_unrestrict(bool noio, unsigned int flags)
{
	if (noio)
		memalloc_noio_restore(flags);
	else
		memalloc_nofs_restore(flags);
}

int demo_write_meta(struct demo_fs *fs, bool noio)
{
	unsigned int flags = demo_restrict(noio);
	int ret = demo_write(fs);

	demo_unrestrict(noio, flags);
	return ret;
}

int demo_write_swap(struct demo_fs *fs)
{
	unsigned int flags = demo_restrict(true);
	int ret = demo_write(fs);

	demo_unrestrict(true, flags);
	return ret;
}
