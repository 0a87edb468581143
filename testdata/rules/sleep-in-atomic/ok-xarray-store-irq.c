/* kernel: 6.1 */

/* The array's lock is one with interrupts off; __xa_store() drops it in the same way. */
void *demo_copy_page(struct address_space *map, pgoff_t off, struct page *page)
{
	void *p;

	xa_lock_irq(&map->i_pages);
	p = __xa_store(&map->i_pages, off, page, GFP_NOFS);
	xa_unlock_irq(&map->i_pages);
	return p;
}
