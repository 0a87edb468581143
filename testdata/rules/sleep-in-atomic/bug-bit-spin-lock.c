/* kernel: 6.1 */

/* A bit used as a lock turns preemption off just like a lock that has a name. */
int demo_slot_write(struct demo_dev *dev, u32 index)
{
	struct demo_slot *slot = &dev->table[index];
	struct demo_entry *entry;

	bit_spin_lock(DEMO_SLOT_LOCK, &slot->flags);
	if (!slot->entry) {
		entry = kmem_cache_alloc(dev->entry_cache, GFP_NOIO); /* expect: sleep-in-atomic */
		slot->entry = entry;
	}
	bit_spin_unlock(DEMO_SLOT_LOCK, &slot->flags);
	return slot->entry ? 0 : -ENOMEM;
}

int demo_hash_insert(struct hlist_bl_head *head, u32 key)
{
	struct demo_node *node;

	hlist_bl_lock(head);
	node = kmalloc(sizeof(*node), GFP_KERNEL); /* expect: sleep-in-atomic */
	if (node) {
		node->key = key;
		hlist_bl_add_head(&node->link, head);
	}
	hlist_bl_unlock(head);
	return node ? 0 : -ENOMEM;
}
