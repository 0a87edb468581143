/* kernel: 5.17 */

/* The scope begins late, so the early returns are none of its business. */
int demo_late(struct demo_fs *fs, int cmd)
{
	unsigned int nofs;
	int ret;

	if (!fs)
		return -EINVAL;
	if (cmd == 0)
		return demo_quick(fs);
	nofs = memalloc_nofs_save();
	ret = demo_slow(fs, cmd);
	memalloc_nofs_restore(nofs);
	if (ret)
		return ret;
	return demo_finish(fs);
}
