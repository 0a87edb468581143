/* kernel: 6.1 */

/* The worker is careful, but not as careful as the scope it works for: GFP_NOFS may start IO. */
static void demo_rebuild_work(struct work_struct *work)
{
	struct demo_raid *raid = container_of(work, struct demo_raid, rebuild);

	raid->stripe = kmalloc(raid->stripe_len, GFP_NOFS);
	if (raid->stripe)
		demo_rebuild(raid);
}

void demo_raid_init(struct demo_raid *raid)
{
	INIT_WORK(&raid->rebuild, demo_rebuild_work);
}

void demo_raid_suspend(struct demo_raid *raid)
{
	unsigned int noio = memalloc_noio_save();

	queue_work(system_long_wq, &raid->rebuild); /* expect: scope-lost */
	demo_stop_queue(raid);
	cancel_work_sync(&raid->idle);
	flush_work(&raid->rebuild);
	memalloc_noio_restore(noio);
}
