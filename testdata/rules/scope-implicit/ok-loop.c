/* kernel: 6.1 */

/* Opened and closed in every turn. */
int demo_loop(struct demo_fs *fs, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		unsigned int nofs = memalloc_nofs_save();

		demo_write(fs, NULL);
		memalloc_nofs_restore(nofs);
		fs->slot[i] = kmalloc(64, GFP_KERNEL);
	}
	return 0;
}
