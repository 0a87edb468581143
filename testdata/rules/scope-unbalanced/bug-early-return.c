/* kernel: 6.1 */

int demo_add_entry(struct demo_fs *fs, struct demo_entry *entry)
{
	unsigned int nofs = memalloc_nofs_save();

	if (demo_find_entry(fs, entry->key))
		return -EEXIST; /* expect: scope-unbalanced */
	demo_insert_entry(fs, entry);
	memalloc_nofs_restore(nofs);
	return 0;
}
