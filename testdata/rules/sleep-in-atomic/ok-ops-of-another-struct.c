/* kernel: 6.12 */

/* The call under the lock goes through one struct, the function that sleeps belongs to another. */
struct demo_sink_ops {
	int (*emit)(struct demo_sink *sink, u32 value);
};

struct demo_file_ops {
	int (*emit)(struct demo_file *file, u32 value);
};

struct demo_sink {
	const struct demo_sink_ops *ops;
	spinlock_t lock;
	void *tail;
};

struct demo_file {
	const struct demo_file_ops *ops;
	void *page;
};

static int demo_mem_emit(struct demo_sink *sink, u32 value)
{
	sink->tail = kmalloc(16, GFP_ATOMIC);
	return sink->tail ? 0 : -ENOMEM;
}

static int demo_disk_emit(struct demo_file *file, u32 value)
{
	file->page = kmalloc(4096, GFP_KERNEL);
	return file->page ? 0 : -ENOMEM;
}

const struct demo_sink_ops demo_mem_sink = { .emit = demo_mem_emit };
const struct demo_file_ops demo_disk_file = { .emit = demo_disk_emit };

int demo_sink_write(struct demo_sink *sink, u32 value)
{
	int ret;

	spin_lock(&sink->lock);
	ret = sink->ops->emit(sink, value);
	spin_unlock(&sink->lock);
	return ret;
}

int demo_file_write(struct demo_file *file, u32 value)
{
	return file->ops->emit(file, value);
}
