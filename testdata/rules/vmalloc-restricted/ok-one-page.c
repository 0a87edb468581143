/* kernel: 5.17 */
struct demo_small {
	u64 key;
	u32 refs;
};

/* kvmalloc of at most a page is kmalloc. */
int demo_objects(struct demo_dev *dev)
{
	spin_lock(&dev->lock);
	dev->a = kvmalloc(4096, GFP_ATOMIC);
	dev->b = kvzalloc(sizeof(struct demo_small), GFP_ATOMIC);
	dev->c = kvmalloc_array(8, sizeof(u64), GFP_ATOMIC);
	spin_unlock(&dev->lock);
	return 0;
}
