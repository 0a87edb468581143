/* kernel: 5.17 */

/* Locked only if this was the last reference, and that is the branch that allocates. */
void demo_group_put(struct demo_group *group)
{
	if (atomic_dec_and_lock(&group->count, &demo_group_lock)) {
		group->farewell = kmalloc(64, GFP_KERNEL); /* expect: sleep-in-atomic */
		list_del(&group->list);
		spin_unlock(&demo_group_lock);
		demo_announce(group->farewell);
	}
}

bool demo_user_put(struct demo_user *user)
{
	unsigned long flags;

	if (!refcount_dec_and_lock_irqsave(&user->ref, &demo_user_lock, &flags))
		return false;
	user->record = kzalloc(sizeof(*user->record), GFP_KERNEL); /* expect: sleep-in-atomic */
	spin_unlock_irqrestore(&demo_user_lock, flags);
	return true;
}
