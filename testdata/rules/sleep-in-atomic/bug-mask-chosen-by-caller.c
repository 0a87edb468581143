/* kernel: 6.1 */

/* The allocating function is told the mask; the caller that holds the lock chose the wrong one. */
static struct demo_entry *demo_new_entry(struct demo_table *t, u32 key, gfp_t gfp)
{
	struct demo_entry *entry = kmem_cache_alloc(t->cache, gfp);

	if (entry)
		entry->key = key;
	return entry;
}

int demo_replace(struct demo_table *t, u32 key)
{
	struct demo_entry *entry;

	write_lock_bh(&t->lock);
	entry = demo_new_entry(t, key, GFP_KERNEL); /* expect: sleep-in-atomic */
	if (entry)
		hlist_add_head(&entry->node, demo_bucket(t, key));
	write_unlock_bh(&t->lock);
	return entry ? 0 : -ENOMEM;
}

int demo_insert(struct demo_table *t, u32 key)
{
	struct demo_entry *entry = demo_new_entry(t, key, GFP_KERNEL);

	if (!entry)
		return -ENOMEM;
	write_lock_bh(&t->lock);
	t->spare = demo_new_entry(t, key, GFP_ATOMIC);
	hlist_add_head(&entry->node, demo_bucket(t, key));
	write_unlock_bh(&t->lock);
	return 0;
}
