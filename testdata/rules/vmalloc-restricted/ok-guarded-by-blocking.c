/* kernel: 4.16 */

/* A mask that cannot sleep never gets to kvmalloc. */
static int demo_alloc_locks(spinlock_t **locks, size_t size, gfp_t gfp)
{
	spinlock_t *tlocks;

	if (gfpflags_allow_blocking(gfp))
		tlocks = kvmalloc(size * sizeof(spinlock_t), gfp);
	else
		tlocks = kmalloc_array(size, sizeof(spinlock_t), gfp);
	if (!tlocks)
		return -ENOMEM;
	*locks = tlocks;
	return 0;
}

int demo_table_new(struct demo_table *tbl, size_t size)
{
	return demo_alloc_locks(&tbl->locks, size, GFP_KERNEL);
}

int demo_table_grow(struct demo_table *tbl, size_t size)
{
	int err;

	spin_lock(&tbl->lock);
	err = demo_alloc_locks(&tbl->locks, size, GFP_ATOMIC);
	spin_unlock(&tbl->lock);
	return err;
}
