/* kernel: 4.16 */

/* One branch unlocks and returns; on the way that goes on the lock is still held at the request. */
void demo_del_filters(struct demo_adapter *adapter)
{
	struct demo_filter_list *list;
	struct demo_filter *f;
	int count = 0;

	spin_lock_bh(&adapter->filter_lock);
	list_for_each_entry(f, &adapter->filters, list) {
		if (f->remove)
			count++;
	}
	if (!count) {
		adapter->required &= ~DEMO_DEL_FILTERS;
		spin_unlock_bh(&adapter->filter_lock);
		return;
	}
	list = kzalloc(struct_size(list, addr, count), GFP_KERNEL); /* expect: sleep-in-atomic */
	if (!list) {
		spin_unlock_bh(&adapter->filter_lock);
		return;
	}
	demo_fill(adapter, list, count);
	spin_unlock_bh(&adapter->filter_lock);
	demo_send(adapter, list);
	kfree(list);
}
