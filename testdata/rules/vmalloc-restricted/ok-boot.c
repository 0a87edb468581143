/* kernel: 4.16 */

/* At early boot nothing can be reclaimed and nobody else runs. */
void *__init demo_large_hash(unsigned long bytes, int flags)
{
	gfp_t gfp_flags;

	gfp_flags = (flags & HASH_ZERO) ? GFP_ATOMIC | __GFP_ZERO : GFP_ATOMIC;
	return __vmalloc(bytes, gfp_flags, PAGE_KERNEL);
}
