/* kernel: 6.1 */

/* Nobody but the covered function leads here, over three calls. */
static int demo_log_name(struct demo_txn *txn, const char *name)
{
	txn->name = kstrdup(name, GFP_NOFS); /* expect: scope-redundant */
	return txn->name ? 0 : -ENOMEM;
}

static int demo_log_entry(struct demo_txn *txn, struct demo_entry *entry)
{
	return demo_log_name(txn, entry->name);
}

static int demo_log_dir(struct demo_txn *txn, struct demo_dir *dir)
{
	struct demo_entry *entry;
	int ret;

	list_for_each_entry(entry, &dir->entries, list) {
		ret = demo_log_entry(txn, entry);
		if (ret)
			return ret;
	}
	return 0;
}

int demo_fsync_dir(struct demo_txn *txn, struct demo_dir *dir)
{
	unsigned int nofs = memalloc_nofs_save();
	int ret = demo_log_dir(txn, dir);

	memalloc_nofs_restore(nofs);
	return ret;
}
