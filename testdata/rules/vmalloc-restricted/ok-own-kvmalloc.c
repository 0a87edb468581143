/* kernel: 4.10 */

/* A driver's own function; this kernel has no kvmalloc. */
static void *kvmalloc(size_t size, gfp_t flags)
{
	return kmalloc(size, flags | __GFP_NOWARN);
}

void *demo_profile(size_t len)
{
	return kvmalloc(len, GFP_NOFS);
}
