/* kernel: 6.12 */

/* The lock's wrappers open and close the scope; what stands between them is inside. */
static inline void demo_group_lock(struct demo_group *group)
{
	mutex_lock(&group->mark_mutex);
	group->owner_flags = memalloc_nofs_save();
}

static inline void demo_group_unlock(struct demo_group *group)
{
	memalloc_nofs_restore(group->owner_flags);
	mutex_unlock(&group->mark_mutex);
}

int demo_add_watch(struct demo_group *group, u32 mask)
{
	struct demo_watch *watch;

	demo_group_lock(group);
	watch = kmem_cache_alloc(demo_watch_cache, GFP_NOFS); /* expect: scope-redundant */
	if (!watch) {
		demo_group_unlock(group);
		return -ENOMEM;
	}
	watch->mask = mask;
	list_add(&watch->list, &group->watches);
	demo_group_unlock(group);
	return 0;
}
