/* kernel: 6.12 */
/*
 * An iterator hands out each object with its lock held, drops the lock of the
 * one before by a helper that asks whether there is one, and ends without.
 */
struct unit {
	spinlock_t lock;
	struct unit *next;
};

struct unit_iter {
	struct unit *at;
	struct unit *locked;
};

static void unit_iter_unlock(struct unit_iter *iter)
{
	if (iter->locked) {
		spin_unlock(&iter->locked->lock);
		iter->locked = NULL;
	}
}

static struct unit *unit_iter_next_locked(struct unit_iter *iter)
{
	struct unit *unit;

	unit_iter_unlock(iter);
	unit = iter->at;
	if (!unit)
		return NULL;
	iter->at = unit->next;
	spin_lock(&unit->lock);
	iter->locked = unit;
	return unit;
}

int unit_names(struct unit_iter *iter)
{
	struct unit *unit;
	void *names;

	while ((unit = unit_iter_next_locked(iter)))
		unit_count(unit);

	names = kzalloc(64, GFP_KERNEL);
	if (!names)
		return -ENOMEM;
	unit_publish(names);
	return 0;
}
