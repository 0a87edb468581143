/* kernel: 6.1 */

/* The callee is as careful, or cannot reclaim. */
static void *demo_quiet(size_t len)
{
	return kmalloc(len, GFP_NOFS | __GFP_NOWARN);
}

static void *demo_careful(size_t len)
{
	return kmalloc(len, GFP_NOIO);
}

static void *demo_hint(size_t len)
{
	return kmalloc(len, GFP_NOWAIT);
}

int demo_write(struct demo_fs *fs)
{
	fs->a = kmalloc(64, GFP_NOFS);
	fs->b = demo_quiet(64);
	fs->c = demo_careful(64);
	fs->d = demo_hint(64);
	return 0;
}
