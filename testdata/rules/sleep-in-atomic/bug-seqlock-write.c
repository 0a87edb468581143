/* kernel: 5.17 */

/* The write side of a seqlock holds the spinlock inside it. */
int demo_set_clock(struct demo_clock *clock, u64 offset)
{
	struct demo_event *ev;

	write_seqlock(&clock->lock);
	clock->offset = offset;
	ev = kmalloc(sizeof(*ev), GFP_KERNEL); /* expect: sleep-in-atomic */
	if (ev)
		list_add(&ev->list, &clock->events);
	write_sequnlock(&clock->lock);
	return ev ? 0 : -ENOMEM;
}

int demo_adjust_clock(struct demo_clock *clock, s64 delta)
{
	unsigned long flags;

	write_seqlock_irqsave(&clock->lock, flags);
	clock->adjust = kzalloc(sizeof(*clock->adjust), GFP_NOIO); /* expect: sleep-in-atomic */
	clock->offset += delta;
	write_sequnlock_irqrestore(&clock->lock, flags);
	return clock->adjust ? 0 : -ENOMEM;
}
