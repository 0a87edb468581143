/* kernel: 4.16 */
static void *demo_node(unsigned long size)
{
	/* gfplint: ignore[contradictory-flags, vmalloc-restricted] the firmware wants it so */
	return __vmalloc(size, __GFP_IO | GFP_NOFS | __GFP_FS | GFP_NOIO | GFP_NOFS, PAGE_KERNEL) ? kmalloc(64, GFP_NOFS) : __vmalloc(size, GFP_NOFS, PAGE_KERNEL);
}
