/* kernel: 4.16 */

/*
 * A tree keeps the mask for its nodes from when it was made. The code that
 * inserts runs on the write path of a block device and says GFP_NOIO itself;
 * the place to change is where the tree's mask was chosen.
 */
struct demo_target {
	struct radix_tree_root chunks;
	struct mutex chunk_lock;
	struct workqueue_struct *wq;
};

int demo_queue_chunk(struct demo_target *t, unsigned int chunk)
{
	struct demo_chunk_work *cw;
	int ret;

	mutex_lock(&t->chunk_lock);
	cw = kmalloc(sizeof(*cw), GFP_NOIO);
	if (!cw) {
		mutex_unlock(&t->chunk_lock);
		return -ENOMEM;
	}
	cw->chunk = chunk;
	ret = radix_tree_insert(&t->chunks, chunk, cw);
	if (ret)
		kfree(cw);
	mutex_unlock(&t->chunk_lock);
	return ret;
}

int demo_target_ctr(struct demo_target *t)
{
	mutex_init(&t->chunk_lock);
	INIT_RADIX_TREE(&t->chunks, GFP_KERNEL); /* expect: nofs-inconsistent */
	return 0;
}
