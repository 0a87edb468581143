/* kernel: 6.12 */
/* What a helper does at once or later depends on flags that the caller writes out. */
#define QUEUE_NOW   0x0001
#define QUEUE_LATER 0x0002
#define QUEUE_LAST  0x0010

struct queue {
	spinlock_t lock;
	struct list_head list;
};

static int queue_start(struct queue *queue)
{
	void *request = kmalloc(64, GFP_NOIO);

	if (!request)
		return -ENOMEM;
	queue_submit(queue, request);
	return 0;
}

static int queue_write(struct queue *queue, int flags)
{
	if (flags & QUEUE_NOW)
		return queue_start(queue);
	queue_append(queue);
	return 0;
}

void queue_next(struct queue *queue)
{
	spin_lock(&queue->lock);
	queue_write(queue, QUEUE_LATER | QUEUE_LAST);
	spin_unlock(&queue->lock);
}
