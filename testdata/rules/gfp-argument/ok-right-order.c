/* kernel: 6.1 */
#define DEMO_ORDER 2

int demo_right(struct demo_dev *dev, struct kmem_cache *cache, size_t len, gfp_t gfp)
{
	dev->a = kmalloc(len, gfp);
	dev->c = alloc_pages(gfp, DEMO_ORDER);
	dev->d = kmem_cache_alloc(cache, gfp | __GFP_ZERO);
	dev->e = krealloc(dev->a, len * 2, gfp);
	return 0;
}

int demo_right_by_name(struct demo_dev *dev, size_t len)
{
	dev->b = kmalloc_array(16, sizeof(u32), GFP_KERNEL);
	dev->f = kasprintf(GFP_KERNEL, "%s-%zu", dev->name, len);
	dev->g = devm_kzalloc(dev->parent, len, GFP_KERNEL);
	return 0;
}
