/* kernel: 5.10 */

/* Requested and tested in one expression; tested as a field; tested the other way round. */
int demo_grow_root(struct demo_inode *ip)
{
	struct demo_fork *fork;

	if ((fork = kmalloc(sizeof(*fork), GFP_NOFS | __GFP_NOFAIL)) == NULL) /* expect: nofail-checked */
		return -ENOMEM;
	demo_set_fork(ip, fork);
	return 0;
}

int demo_add_names(struct demo_dir *dir)
{
	dir->names = kzalloc(sizeof(*dir->names), GFP_NOFS | __GFP_NOFAIL);
	if (unlikely(!dir->names)) /* expect: nofail-checked */
		goto fail;
	dir->hash = kzalloc(sizeof(*dir->hash), GFP_NOFS | __GFP_NOFAIL);
	if (dir->hash) /* expect: nofail-checked */
		return demo_hash_names(dir);
fail:
	return -ENOMEM;
}
