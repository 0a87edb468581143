/* kernel: 5.17 */
static int demo_read_index(struct demo_fs *fs)
{
	fs->index = kmalloc(512, GFP_KERNEL); /* expect: nofs-inconsistent */
	return fs->index ? 0 : -ENOMEM;
}

/* The scope covers another call. */
int demo_replay(struct demo_fs *fs)
{
	unsigned int nofs;

	fs->rec = kmalloc(64, GFP_NOFS);
	if (!fs->rec)
		return -ENOMEM;
	nofs = memalloc_nofs_save();
	demo_read_record(fs);
	memalloc_nofs_restore(nofs);
	return demo_read_index(fs);
}
