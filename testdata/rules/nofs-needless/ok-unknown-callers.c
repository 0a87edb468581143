/* kernel: 6.1 */

/* Who calls these, and holding what, cannot be seen. */
void *demo_alloc_note(struct demo_fs *fs)
{
	return kmalloc(64, GFP_NOFS);
}
EXPORT_SYMBOL_GPL(demo_alloc_note);

static int demo_visit(struct demo_fs *fs, u64 nr)
{
	fs->visited = kmalloc(32, GFP_NOFS);
	return fs->visited ? 0 : -ENOMEM;
}

int demo_walk(struct demo_fs *fs)
{
	return demo_for_each(fs, demo_visit);
}
