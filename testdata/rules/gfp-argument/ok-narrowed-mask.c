/* kernel: 5.0 */

/* Here & makes a mask narrower, and the result is a mask. */
void *demo_narrow(struct address_space *mapping, size_t len, gfp_t gfp)
{
	gfp_t inner = gfp & GFP_KERNEL;

	inner &= GFP_NOFS | __GFP_NOWARN;
	demo_remember(mapping_gfp_constraint(mapping, ~__GFP_FS));
	return kmalloc(len, inner);
}

void *demo_reclaim_bits(size_t len, gfp_t gfp)
{
	return kmalloc(len, gfp & GFP_RECLAIM_MASK);
}

void *demo_without(size_t len)
{
	return kmalloc(len, GFP_KERNEL & ~__GFP_FS);
}

void *demo_without_two(size_t len)
{
	return kmalloc(len, GFP_KERNEL & ~(__GFP_IO | __GFP_FS));
}
