/* kernel: 6.12 */

/* What comes back is an error code, and zero the good case. */
int demo_attach_folio(struct demo_fs *fs, struct folio *folio, pgoff_t index)
{
	int ret = filemap_add_folio(fs->mapping, folio, index, GFP_NOFS | __GFP_NOFAIL);

	if (!ret)
		return 0;
	return demo_find_other(fs, index);
}
