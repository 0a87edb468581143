/* kernel: 6.1 */

/* The helper has already closed the scope where it fails; the label closes it once more. */
static void demo_finish(struct demo_log *log, unsigned int nofs)
{
	log->open--;
	memalloc_nofs_restore(nofs);
}

int demo_log_append(struct demo_log *log, struct demo_rec *rec)
{
	unsigned int nofs;
	int ret;

	nofs = memalloc_nofs_save();
	log->open++;
	ret = demo_log_room(log, rec->len);
	if (ret) {
		demo_finish(log, nofs);
		goto out;
	}
	demo_copy_rec(log, rec);
out:
	demo_finish(log, nofs); /* expect: scope-misnested */
	return ret;
}
