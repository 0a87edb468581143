/* kernel: 6.1 */

/* Wrong before it gets to the allocator. */
void *demo_assigned(struct demo_dev *dev, size_t len)
{
	gfp_t gfp;

	gfp = GFP_NOFS & __GFP_ZERO; /* expect: gfp-argument */
	return kmalloc(len, gfp);
}

bool demo_blocking(gfp_t flags)
{
	return !!(flags & GFP_KERNEL); /* expect: gfp-argument */
}
