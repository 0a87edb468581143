/* kernel: 6.1 */

int demo_swapped(struct demo_dev *dev, size_t len)
{
	dev->a = kmalloc(GFP_KERNEL, 128); /* expect: gfp-argument */
	dev->b = kzalloc(GFP_KERNEL, sizeof(*dev->b)); /* expect: gfp-argument */
	dev->c = alloc_pages(2, GFP_KERNEL); /* expect: gfp-argument */
	dev->d = vmalloc(GFP_KERNEL); /* expect: gfp-argument */
	dev->e = kvmalloc(GFP_NOFS | __GFP_ZERO, len); /* expect: gfp-argument */
	return 0;
}
