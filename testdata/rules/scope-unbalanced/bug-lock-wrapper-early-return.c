/* kernel: 6.1 */

/*
 * The queue's lock opens a scope and keeps its cookie in the queue; the pair
 * itself is right. One caller forgets the unlock on a failing way, and with it
 * the scope.
 */
struct demo_queues {
	struct mutex lock_hidden;
	unsigned int saved_flags;
	struct list_head queues;
	int count;
};

static void demo_queues_lock(struct demo_queues *q)
{
	mutex_lock(&q->lock_hidden);
	q->saved_flags = memalloc_noio_save();
}

static void demo_queues_unlock(struct demo_queues *q)
{
	memalloc_noio_restore(q->saved_flags);
	mutex_unlock(&q->lock_hidden);
}

int demo_queue_add(struct demo_queues *q, struct demo_queue *queue)
{
	int ret;

	demo_queues_lock(q);
	ret = demo_queue_map(queue);
	if (ret)
		return ret; /* expect: scope-unbalanced */
	list_add(&queue->list, &q->queues);
	q->count++;
	demo_queues_unlock(q);
	return 0;
}

int demo_queue_del(struct demo_queues *q, struct demo_queue *queue)
{
	demo_queues_lock(q);
	list_del(&queue->list);
	q->count--;
	demo_queues_unlock(q);
	return demo_queue_unmap(queue);
}
