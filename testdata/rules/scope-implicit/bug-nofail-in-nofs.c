/* kernel: 4.16 */

/* Must not fail, but never starts the OOM killer here. */
void demo_log(struct demo_log *log)
{
	unsigned int nofs = memalloc_nofs_save();

	log->rec = kmalloc(sizeof(*log->rec), GFP_KERNEL | __GFP_NOFAIL); /* expect: scope-implicit */
	demo_write_record(log);
	memalloc_nofs_restore(nofs);
}
