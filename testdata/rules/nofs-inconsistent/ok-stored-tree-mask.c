/* kernel: 4.16 */

/* The tree was made with a mask that fits the path; another tree with GFP_KERNEL is only used at setup. */
struct demo_target {
	struct radix_tree_root chunks;
	struct radix_tree_root zones;
};

int demo_queue_chunk(struct demo_target *t, unsigned int chunk)
{
	struct demo_chunk_work *cw = kmalloc(sizeof(*cw), GFP_NOIO);
	int ret;

	if (!cw)
		return -ENOMEM;
	ret = radix_tree_insert(&t->chunks, chunk, cw);
	if (ret)
		kfree(cw);
	return ret;
}

int demo_target_ctr(struct demo_target *t, struct demo_zone *zone)
{
	INIT_RADIX_TREE(&t->chunks, GFP_NOIO);
	INIT_RADIX_TREE(&t->zones, GFP_KERNEL);
	return radix_tree_insert(&t->zones, 0, zone);
}
