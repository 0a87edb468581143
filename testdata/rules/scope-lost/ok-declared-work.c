/* kernel: 5.17 */

/* Declared work that opens the scope itself, and work that nobody waits for. */
static struct demo_cache *demo_cache;

static void demo_refill(struct work_struct *work)
{
	unsigned int nofs = memalloc_nofs_save();

	demo_cache->spare = kmalloc(512, GFP_KERNEL); /* expect: scope-implicit */
	memalloc_nofs_restore(nofs);
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

	schedule_work(&demo_refill_work);
	schedule_delayed_work(&demo_age_work, 0);
	flush_work(&demo_refill_work);
	memalloc_nofs_restore(nofs);
}
