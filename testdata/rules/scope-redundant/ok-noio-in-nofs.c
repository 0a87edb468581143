/* kernel: 6.1 */

/* NOIO is more than the NOFS scope gives; and what never reclaims needs neither. */
int demo_log_flush(struct demo_log *log)
{
	unsigned int nofs = memalloc_nofs_save();
	int ret = -ENOMEM;

	log->req = kmalloc(sizeof(*log->req), GFP_NOIO);
	if (log->req) {
		log->req->hint = kmalloc(64, GFP_NOWAIT | __GFP_NOWARN);
		ret = demo_issue(log, log->req);
	}
	memalloc_nofs_restore(nofs);
	return ret;
}
