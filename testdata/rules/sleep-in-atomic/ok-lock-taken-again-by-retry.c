/* kernel: 6.12 */

/* A helper drops the lock and says so; the retry takes it again. Nobody can hold it twice. */
static void demo_finish(struct demo_pending *p, unsigned long flags)
{
	struct list_head done;

	list_replace_init(&p->done, &done);
	spin_unlock_irqrestore(&p->lock, flags);
	demo_free_list(&done);
}

static bool demo_finish_if_any(struct demo_pending *p, unsigned long flags)
{
	if (demo_has_done(p)) {
		demo_finish(p, flags);
		return true;
	}
	return false;
}

void demo_enqueue(struct demo_pending *p, void *object, bool may_sleep)
{
	struct demo_node *node = NULL;
	unsigned long flags;

restart:
	local_irq_save(flags);
	spin_lock(&p->lock);
again:
	if (may_sleep && unlikely(demo_finish_if_any(p, flags)))
		goto check;
	if (!demo_add(p, object, &node)) {
		spin_unlock_irqrestore(&p->lock, flags);
		node = kmalloc(sizeof(*node), GFP_KERNEL);
		goto check;
	}
	spin_unlock_irqrestore(&p->lock, flags);
	return;
check:
	if (!node)
		goto restart;
	local_irq_save(flags);
	spin_lock(&p->lock);
	goto again;
}
