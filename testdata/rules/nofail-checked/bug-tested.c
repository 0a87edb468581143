/* kernel: 6.1 */

/* Such a request does not return NULL: the branch is never taken and hides that nobody can fail here. */
struct demo_log_item *demo_get_item(struct demo_log *log, int type)
{
	struct demo_log_item *item;

	item = kmem_cache_zalloc(log->item_cache, GFP_KERNEL | __GFP_NOFAIL);
	if (!item) /* expect: nofail-checked */
		return ERR_PTR(-ENOMEM);
	item->type = type;
	return item;
}

int demo_log_begin(struct demo_log *log)
{
	struct demo_ticket *tic = kmalloc(sizeof(*tic), GFP_NOFS | __GFP_NOFAIL);

	if (tic == NULL) /* expect: nofail-checked */
		return -ENOMEM;
	return demo_reserve(log, tic);
}
