/* kernel: 5.17 */

/* Scopes that are opened here for somebody else to close. */
unsigned int demo_writepages_lock(struct demo_fs *fs)
{
	unsigned int alloc_ctx = memalloc_nofs_save();

	percpu_down_read(&fs->rwsem);
	return alloc_ctx;
}

void demo_writepages_unlock(struct demo_fs *fs, unsigned int alloc_ctx)
{
	percpu_up_read(&fs->rwsem);
	memalloc_nofs_restore(alloc_ctx);
}

void demo_queue_lock(struct demo_queue *q)
{
	mutex_lock(&q->lock);
	q->saved_flags = memalloc_noreclaim_save();
}

void demo_queue_unlock(struct demo_queue *q)
{
	memalloc_noreclaim_restore(q->saved_flags);
	mutex_unlock(&q->lock);
}

bool demo_try_lock(struct demo_queue *q, unsigned int *flags)
{
	if (!mutex_trylock(&q->lock))
		return false;
	*flags = memalloc_noreclaim_save();
	return true;
}

int demo_resume(struct demo_handle *handle)
{
	unsigned int nofs = memalloc_nofs_save();

	handle->cookie = nofs;
	return 0;
}

unsigned int demo_enter(void)
{
	return memalloc_nofs_save();
}
