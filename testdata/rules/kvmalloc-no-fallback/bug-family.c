/* kernel: 5.0 */

int demo_tables(struct demo_dev *dev, unsigned int n)
{
	dev->a = kvmalloc_array(n, sizeof(*dev->a), GFP_NOFS); /* expect: kvmalloc-no-fallback */
	dev->b = kvcalloc(n, sizeof(*dev->b), /* expect: kvmalloc-no-fallback */
			  GFP_NOIO | __GFP_NOWARN);
	dev->c = kvmalloc_node(n * 16, GFP_NOFS, dev->node); /* expect: kvmalloc-no-fallback */
	dev->d = kvzalloc_node(n * 16, GFP_NOFS, dev->node); /* expect: kvmalloc-no-fallback */
	return dev->a && dev->b && dev->c && dev->d ? 0 : -ENOMEM;
}
