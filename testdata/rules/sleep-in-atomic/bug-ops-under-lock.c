/* kernel: 6.12 */

/* One of two implementations sleeps; the caller holds a lock whichever it is. */
struct demo_sink_ops {
	int (*emit)(struct demo_sink *sink, u32 value);
};

struct demo_sink {
	const struct demo_sink_ops *ops;
	spinlock_t lock;
	void *tail;
};

static int demo_mem_emit(struct demo_sink *sink, u32 value)
{
	sink->tail = kmalloc(16, GFP_ATOMIC);
	return sink->tail ? 0 : -ENOMEM;
}

static int demo_file_emit(struct demo_sink *sink, u32 value)
{
	sink->tail = kmalloc(4096, GFP_KERNEL); /* expect: sleep-in-atomic */
	return sink->tail ? 0 : -ENOMEM;
}

const struct demo_sink_ops demo_mem_sink = { .emit = demo_mem_emit };
const struct demo_sink_ops demo_file_sink = { .emit = demo_file_emit };

int demo_sink_write(struct demo_sink *sink, u32 value)
{
	int ret;

	spin_lock(&sink->lock);
	ret = sink->ops->emit(sink, value);
	spin_unlock(&sink->lock);
	return ret;
}
