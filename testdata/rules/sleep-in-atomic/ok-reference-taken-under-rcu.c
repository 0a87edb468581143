/* kernel: 6.1 */

/* The section only finds the object and takes a reference; allocating comes after it, also on the way that tries again. */
struct demo_obj *demo_get_or_new(struct demo_table *t, u32 key)
{
	struct demo_obj *obj;

again:
	rcu_read_lock();
	obj = rhashtable_lookup(&t->ht, &key, demo_params);
	if (obj && !refcount_inc_not_zero(&obj->ref)) {
		rcu_read_unlock();
		cond_resched();
		goto again;
	}
	rcu_read_unlock();
	if (obj)
		return obj;
	obj = kzalloc(sizeof(*obj), GFP_KERNEL);
	if (!obj)
		return NULL;
	refcount_set(&obj->ref, 1);
	if (demo_insert(t, obj)) {
		kfree(obj);
		goto again;
	}
	return obj;
}
