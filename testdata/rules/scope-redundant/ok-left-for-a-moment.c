/* kernel: 6.12 */

/* The scope is closed while the function waits, and the request stands just there. */
static unsigned int demo_enter(struct demo_fs *fs)
{
	down_write(&fs->sem);
	return memalloc_nofs_save();
}

static void demo_leave(struct demo_fs *fs, unsigned int nofs)
{
	memalloc_nofs_restore(nofs);
	up_write(&fs->sem);
}

int demo_grow(struct demo_fs *fs, size_t len)
{
	unsigned int nofs = demo_enter(fs);
	void *tab = NULL;
	int ret;

	if (fs->tab_len < len) {
		demo_leave(fs, nofs);
		tab = kvmalloc(len, GFP_NOFS);
		nofs = demo_enter(fs);
		if (!tab) {
			demo_leave(fs, nofs);
			return -ENOMEM;
		}
	}
	ret = demo_switch_table(fs, tab, len);
	demo_leave(fs, nofs);
	return ret;
}
