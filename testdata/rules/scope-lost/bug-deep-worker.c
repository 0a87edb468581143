/* kernel: 4.16 */

/* The request of the worker is two calls down and means GFP_KERNEL without saying so. */
static int demo_load_bitmap(struct demo_group *group)
{
	group->bitmap = vmalloc(group->bytes);
	return group->bitmap ? 0 : -ENOMEM;
}

static int demo_cache_group(struct demo_group *group)
{
	if (group->cached)
		return 0;
	return demo_load_bitmap(group);
}

static void demo_caching_work(struct work_struct *work)
{
	struct demo_group *group = container_of(work, struct demo_group, caching);

	group->error = demo_cache_group(group);
}

void demo_group_setup(struct demo_group *group)
{
	INIT_WORK(&group->caching, demo_caching_work);
}

int demo_wait_cached(struct demo_fs *fs, struct demo_group *group)
{
	unsigned int nofs = memalloc_nofs_save();

	queue_work(fs->caching_wq, &group->caching); /* expect: scope-lost */
	flush_workqueue(fs->caching_wq);
	memalloc_nofs_restore(nofs);
	return group->error;
}
