/* kernel: 5.17 */

/* The cookies are handed around by pointer, each to its own end, last in, first out. */
static void demo_begin(unsigned int *cookie)
{
	*cookie = memalloc_nofs_save();
}

static void demo_end(unsigned int *cookie)
{
	memalloc_nofs_restore(*cookie);
}

int demo_nested_commit(struct demo_fs *fs)
{
	unsigned int outer, inner;
	int ret;

	demo_begin(&outer);
	ret = demo_write_log(fs);
	if (!ret) {
		demo_begin(&inner);
		ret = demo_write_super(fs);
		demo_end(&inner);
	}
	demo_end(&outer);
	return ret;
}
