/* kernel: 6.1 */

/* With a head to queue it by, freeing after a grace period needs no memory and never waits. */
struct demo_entry {
	struct list_head link;
	struct rcu_head rcu;
};

void demo_drop(struct demo_table *table, struct demo_entry *entry)
{
	spin_lock_bh(&table->lock);
	list_del_rcu(&entry->link);
	kvfree_rcu(entry, rcu);
	spin_unlock_bh(&table->lock);
}
