/* kernel: 6.1 */

/* Only the __xa_ functions give the array's lock up for a moment; a plain request under it does not. */
int demo_add_key(struct demo_table *t, u32 id)
{
	struct demo_key *key;
	int ret;

	xa_lock(&t->keys);
	key = kzalloc(sizeof(*key), GFP_KERNEL); /* expect: sleep-in-atomic */
	if (!key) {
		xa_unlock(&t->keys);
		return -ENOMEM;
	}
	ret = __xa_insert(&t->keys, id, key, GFP_KERNEL);
	xa_unlock(&t->keys);
	if (ret)
		kfree(key);
	return ret;
}
