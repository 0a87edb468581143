/* kernel: 6.1 */

/* The tests look at something else, or at the variable after it was set anew. */
int demo_attach(struct demo_fs *fs, struct demo_inode *inode)
{
	struct demo_item *item = kmalloc(sizeof(*item), GFP_NOFS | __GFP_NOFAIL);

	item->inode = inode;
	if (!inode->log)
		return demo_attach_first(fs, item);
	list_add(&item->list, &inode->items);
	item = demo_find_old(inode);
	if (!item)
		return 0;
	return demo_merge(fs, item);
}

int demo_detach(struct demo_inode *inode, bool copy)
{
	struct demo_item *item = NULL;

	if (copy)
		item = kmalloc(sizeof(*item), GFP_NOFS | __GFP_NOFAIL);
	if (!item)
		return 0;
	return demo_copy_out(inode, item);
}
