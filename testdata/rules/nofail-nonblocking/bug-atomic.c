/* kernel: 6.1 */

/* Without direct reclaim the promise cannot be kept: the kernel warns and returns NULL. */
void demo_note_event(struct demo_log *log, u32 code)
{
	struct demo_event *ev = kmalloc(sizeof(*ev), GFP_ATOMIC | __GFP_NOFAIL); /* expect: nofail-nonblocking */

	ev->code = code;
	list_add_tail(&ev->list, &log->events);
}

int demo_note_page(struct demo_log *log)
{
	log->page = alloc_page(GFP_NOWAIT | __GFP_NOFAIL | __GFP_ZERO); /* expect: nofail-nonblocking */
	if (!log->page)
		return -ENOMEM;
	return 0;
}
