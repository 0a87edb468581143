/* kernel: 6.1 */

/* The fixed mask is used only where the parameter was seen to be just that. */
void *demo_big_alloc(size_t len, gfp_t gfp)
{
	if (gfp == GFP_KERNEL)
		return vmalloc(len);
	return kmalloc(len, gfp);
}

void *demo_bulk_alloc(size_t len, gfp_t gfp)
{
	if ((gfp & GFP_KERNEL) != GFP_KERNEL)
		return kmalloc(len, gfp);
	return vzalloc(len);
}
