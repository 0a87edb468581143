/* kernel: 5.17 */

/* The scope is there only when the lock was got. */
int demo_try(struct demo_fs *fs)
{
	unsigned int flags;
	bool locked;

	locked = mutex_trylock(&fs->lock);
	if (locked)
		flags = memalloc_noreclaim_save();
	demo_update(fs);
	if (locked) {
		memalloc_noreclaim_restore(flags);
		mutex_unlock(&fs->lock);
	}
	return 0;
}

int demo_try_negated(struct demo_fs *fs, bool nested)
{
	unsigned int flags;

	if (!nested)
		flags = memalloc_nofs_save();
	demo_update(fs);
	if (nested)
		return 0;
	memalloc_nofs_restore(flags);
	return 1;
}
