/* kernel: 5.17 */

/* Every object has a cookie of its own. */
void demo_lock_both(struct demo_pair *pair)
{
	pair->a.flags = memalloc_nofs_save();
	pair->b.flags = memalloc_nofs_save();
}

void demo_unlock_both(struct demo_pair *pair)
{
	memalloc_nofs_restore(pair->b.flags);
	memalloc_nofs_restore(pair->a.flags);
}
