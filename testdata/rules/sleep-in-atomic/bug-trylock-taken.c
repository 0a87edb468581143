/* kernel: 6.1 */

/* On the way on which the lock was got, directly and by a test of the opposite. */
int demo_try_refill(struct demo_pool *pool)
{
	unsigned long flags;

	if (!spin_trylock_irqsave(&pool->lock, flags))
		return -EBUSY;
	pool->spare = kmalloc(pool->size, GFP_KERNEL); /* expect: sleep-in-atomic */
	spin_unlock_irqrestore(&pool->lock, flags);
	return pool->spare ? 0 : -ENOMEM;
}

int demo_try_note(struct demo_pool *pool)
{
	bool locked = raw_spin_trylock(&pool->note_lock);

	if (locked) {
		pool->note = kstrdup("note", GFP_NOFS); /* expect: sleep-in-atomic */
		raw_spin_unlock(&pool->note_lock);
	}
	return locked ? 0 : -EBUSY;
}
