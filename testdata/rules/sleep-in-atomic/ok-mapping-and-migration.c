/* kernel: 6.1 */

/* These look like kmap_atomic() and preempt_disable(), and let their user sleep. */
int demo_copy_page(struct page *page, struct demo_buf *buf)
{
	void *src = kmap_local_page(page);

	buf->data = kmemdup(src, PAGE_SIZE, GFP_KERNEL);
	kunmap_local(src);
	migrate_disable();
	buf->cpu = kmalloc(32, GFP_KERNEL);
	migrate_enable();
	pagefault_disable();
	buf->hint = kmalloc(32, GFP_KERNEL);
	pagefault_enable();
	return buf->data ? 0 : -ENOMEM;
}
