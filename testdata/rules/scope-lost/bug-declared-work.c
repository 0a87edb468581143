/* kernel: 5.17 */

/* A work item of the file's own, declared with what it runs. */
static struct demo_cache *demo_cache;

static void demo_refill(struct work_struct *work)
{
	demo_cache->spare = kmalloc(512, GFP_KERNEL);
}
static DECLARE_WORK(demo_refill_work, demo_refill);

static void demo_age(struct work_struct *work)
{
	demo_cache->old = kmalloc(512, GFP_KERNEL);
}
static DECLARE_DELAYED_WORK(demo_age_work, demo_age);

void demo_commit(struct demo_fs *fs)
{
	unsigned int nofs = memalloc_nofs_save();

	schedule_work(&demo_refill_work); /* expect: scope-lost */
	schedule_delayed_work(&demo_age_work, 0); /* expect: scope-lost */
	demo_write_log(fs);
	flush_work(&demo_refill_work);
	flush_delayed_work(&demo_age_work);
	memalloc_nofs_restore(nofs);
}
