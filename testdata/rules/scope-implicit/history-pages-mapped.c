/* kernel: 4.10 */

/* Mapping pages has no mask at all: the scope is opened by the flag of the task. */
static int demo_buf_map_pages(struct demo_buf *bp)
{
	int retried = 0;
	unsigned noio_flag;

	noio_flag = memalloc_noio_save();
	do {
		bp->addr = vm_map_ram(bp->pages, bp->page_count, -1, PAGE_KERNEL); /* expect: scope-implicit */
		if (bp->addr)
			break;
		vm_unmap_aliases();
	} while (retried++ <= 1);
	memalloc_noio_restore(noio_flag);

	if (!bp->addr)
		return -ENOMEM;
	return 0;
}

int demo_buf_get(struct demo_buf *bp)
{
	bp->pages = kmalloc(bp->page_count * sizeof(struct page *), GFP_NOFS);
	return bp->pages ? demo_buf_map_pages(bp) : -ENOMEM;
}
