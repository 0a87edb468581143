/* kernel: 5.10 */

/* The cookie is handed back through a pointer, on success only, and every caller ends what it began. */
static int demo_begin(struct demo_fs *fs, unsigned int *nofs)
{
	int ret = demo_reserve(fs, 1);

	if (ret)
		return ret;
	*nofs = memalloc_nofs_save();
	return 0;
}

static void demo_end(struct demo_fs *fs, unsigned int *nofs)
{
	memalloc_nofs_restore(*nofs);
	demo_unreserve(fs, 1);
}

int demo_unlink(struct demo_fs *fs, struct demo_dir *dir, u64 ino)
{
	unsigned int nofs;
	int ret;

	ret = demo_begin(fs, &nofs);
	if (ret < 0)
		return ret;
	ret = demo_del_entry(dir, ino);
	if (ret == -ENOENT)
		ret = 0;
	demo_end(fs, &nofs);
	return ret;
}

int demo_rename(struct demo_fs *fs, struct demo_dir *dir, u64 ino)
{
	unsigned int nofs;
	int ret = demo_begin(fs, &nofs);

	if (!ret) {
		ret = demo_move_entry(dir, ino);
		demo_end(fs, &nofs);
	}
	return ret;
}
