/* kernel: 5.10 */

/* A narrower mask takes the other way. */
static void *demo_alloc(size_t len, gfp_t gfp)
{
	if ((gfp & GFP_KERNEL) != GFP_KERNEL)
		return kmalloc(len, gfp);
	return kvmalloc(len, gfp);
}

void *demo_in_transaction(size_t len)
{
	return demo_alloc(len, GFP_NOFS);
}

void *demo_outside(size_t len)
{
	return demo_alloc(len, GFP_KERNEL);
}
