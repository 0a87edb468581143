/* kernel: 5.10 */

/*
 * An open-coded endless loop was replaced by the flag; the error ways that the
 * loop once had stayed, down to a caller that unwinds for nothing.
 */
static int demo_journal_write_metadata(struct demo_txn *txn, struct demo_jhead *jh_in)
{
	struct demo_jhead *new_jh;

	new_jh = kmem_cache_zalloc(demo_jhead_cache, GFP_NOFS | __GFP_NOFAIL);
	if (!new_jh) { /* expect: nofail-checked */
		demo_journal_abort(txn->journal, -ENOMEM);
		return -ENOMEM;
	}
	new_jh->data = jh_in->data;
	demo_file_buffer(new_jh, txn);
	return 0;
}

int demo_commit_metadata(struct demo_txn *txn)
{
	struct demo_jhead *jh;
	int err;

	list_for_each_entry(jh, &txn->buffers, list) {
		err = demo_journal_write_metadata(txn, jh);
		if (err)
			return err;
	}
	return 0;
}
