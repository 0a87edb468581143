/* kernel: 6.1 */

/* The scope is left for a moment inside the loop, and left for good on either way out. */
void demo_state_manager(struct demo_client *clp)
{
	unsigned int memflags;
	int status = 0;

	memflags = memalloc_nofs_save();
	do {
		status = demo_recover(clp);
		if (status < 0)
			goto out_error;
		if (demo_more_state(clp))
			continue;
		memalloc_nofs_restore(memflags);
		if (demo_return_delegations(clp)) {
			memflags = memalloc_nofs_save();
			continue;
		}
		if (!demo_pending(clp))
			return;
		memflags = memalloc_nofs_save();
	} while (refcount_read(&clp->count) > 1);
	goto out;
out_error:
	demo_report(clp, status);
out:
	memalloc_nofs_restore(memflags);
	demo_clear(clp);
}
