/* kernel: 5.17 */

/* Every way to a request has given the lock back, by branches, labels and early ends of loops. */
int demo_find_or_add(struct demo_table *t, u32 key)
{
	struct demo_entry *e;

	spin_lock(&t->lock);
	list_for_each_entry(e, &t->entries, list) {
		if (e->key == key) {
			spin_unlock(&t->lock);
			e->note = kmalloc(16, GFP_KERNEL);
			return 0;
		}
	}
	if (t->full)
		goto full;
	spin_unlock(&t->lock);
	e = kzalloc(sizeof(*e), GFP_KERNEL);
	if (!e)
		return -ENOMEM;
	spin_lock(&t->lock);
	list_add(&e->list, &t->entries);
	spin_unlock(&t->lock);
	return 1;
full:
	spin_unlock(&t->lock);
	t->overflow = kzalloc(32, GFP_KERNEL);
	return -ENOSPC;
}
