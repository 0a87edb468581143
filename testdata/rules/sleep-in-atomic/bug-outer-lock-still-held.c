/* kernel: 5.17 */

/* The inner lock is released before the request, the outer one is not. */
int demo_move(struct demo_list *from, struct demo_list *to)
{
	struct demo_undo *undo;

	spin_lock(&from->lock);
	spin_lock_nested(&to->lock, SINGLE_DEPTH_NESTING);
	list_splice_init(&from->items, &to->items);
	spin_unlock(&to->lock);
	undo = kmalloc(sizeof(*undo), GFP_KERNEL); /* expect: sleep-in-atomic */
	if (undo)
		from->undo = undo;
	spin_unlock(&from->lock);
	return undo ? 0 : -ENOMEM;
}
