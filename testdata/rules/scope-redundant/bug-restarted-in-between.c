/* kernel: 6.12 */

/*
 * The handle may be restarted on the way. Where that fails the scope is gone, and
 * the message says so; nothing goes on with such a handle.
 */
struct demo_handle {
	unsigned int saved_flags;
	struct demo_log *log;
};

static int demo_handle_open(struct demo_handle *h)
{
	int err = demo_log_reserve(h->log);

	if (err < 0)
		return err;
	h->saved_flags = memalloc_nofs_save();
	return 0;
}

static void demo_handle_close(struct demo_handle *h)
{
	memalloc_nofs_restore(h->saved_flags);
	demo_log_release(h->log);
}

static int demo_handle_restart(struct demo_handle *h)
{
	demo_handle_close(h);
	return demo_handle_open(h);
}

static int demo_free_entries(struct demo_handle *h, int n)
{
	while (n-- > 0) {
		int err = demo_handle_restart(h);

		if (err < 0)
			continue;
		demo_free_entry(h, n);
	}
	return 0;
}

static int demo_log_entries(struct demo_handle *h, int n)
{
	void *buf;
	int err;

	err = demo_free_entries(h, n);
	if (err)
		return err;
	buf = kmalloc(n, GFP_NOFS); /* expect: scope-redundant */
	if (!buf)
		return -ENOMEM;
	err = demo_log_write(h, buf);
	kfree(buf);
	return err;
}

int demo_change(struct demo_handle *h, int n)
{
	int err = demo_handle_open(h);

	if (err)
		return err;
	err = demo_log_entries(h, n);
	demo_handle_close(h);
	return err;
}
