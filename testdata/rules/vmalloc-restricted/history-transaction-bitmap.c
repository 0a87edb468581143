/* kernel: 4.10 */

/*
 * A bitmap of a free-space tree, allocated while a transaction is running: the
 * page tables of the vmalloc area could wait for that very transaction.
 */
static u8 *demo_alloc_bitmap(u32 bitmap_size)
{
	void *mem;

	mem = kmalloc(bitmap_size, GFP_NOFS | __GFP_ZERO | __GFP_NOWARN);
	if (mem)
		return mem;
	return __vmalloc(bitmap_size, GFP_NOFS | __GFP_HIGHMEM | __GFP_ZERO, /* expect: vmalloc-restricted */
			 PAGE_KERNEL);
}

int demo_convert_to_bitmaps(struct demo_trans *trans, u32 bits)
{
	u8 *bitmap = demo_alloc_bitmap(bits / 8);

	if (!bitmap)
		return -ENOMEM;
	demo_write_bitmap(trans, bitmap);
	kvfree(bitmap);
	return 0;
}
