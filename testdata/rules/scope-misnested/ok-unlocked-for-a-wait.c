/* kernel: 6.12 */

/* The lock, and with it the scope, is left for a wait and taken again into the same field. */
struct demo_btree {
	struct mutex lock;
	unsigned int flags;
	bool locked;
};

static void demo_btree_set_locked(struct demo_btree *trans)
{
	if (!trans->locked) {
		trans->locked = true;
		trans->flags = memalloc_nofs_save();
	}
}

static void demo_btree_set_unlocked(struct demo_btree *trans)
{
	if (trans->locked) {
		trans->locked = false;
		memalloc_nofs_restore(trans->flags);
	}
}

int demo_btree_insert(struct demo_btree *trans, struct demo_key *key)
{
	int ret;

	demo_btree_set_locked(trans);
	while ((ret = demo_try_insert(trans, key)) == -EAGAIN) {
		demo_btree_set_unlocked(trans);
		demo_wait_for_node(trans);
		demo_btree_set_locked(trans);
	}
	demo_btree_set_unlocked(trans);
	return ret;
}
