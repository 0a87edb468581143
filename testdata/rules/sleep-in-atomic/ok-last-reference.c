/* kernel: 5.17 */

/* When it was not the last reference, there is no lock. */
void demo_group_put(struct demo_group *group)
{
	if (!atomic_dec_and_lock(&group->count, &demo_group_lock)) {
		group->note = kmalloc(64, GFP_KERNEL);
		return;
	}
	list_del(&group->list);
	spin_unlock(&demo_group_lock);
	group->farewell = kmalloc(64, GFP_KERNEL);
}
