/* kernel: 6.1 */

/* Called once inside a scope, but also handed to somebody who calls it when he likes. */
static int demo_note_extent(struct demo_fs *fs, u64 start)
{
	struct demo_note *note = kmalloc(sizeof(*note), GFP_NOFS);

	if (!note)
		return -ENOMEM;
	note->start = start;
	list_add(&note->list, &fs->notes);
	return 0;
}

int demo_relocate(struct demo_fs *fs, u64 start)
{
	unsigned int nofs = memalloc_nofs_save();
	int ret = demo_note_extent(fs, start);

	memalloc_nofs_restore(nofs);
	return ret;
}

int demo_scrub(struct demo_fs *fs)
{
	return demo_for_each_extent(fs, demo_note_extent);
}
