/* kernel: 5.0 */
struct demo_queue {
	struct work_struct work;
	atomic_t pending;
	u32 flags;
};

struct demo_queue *demo_queue_init(struct demo_sb *sb)
{
	struct demo_queue *q;

	q = kvzalloc(sizeof(struct demo_queue), GFP_KERNEL | __GFP_NOFAIL);
	q->flags = sb->flags;
	return q;
}
