/* kernel: 5.10 */

/* The types of the parameters say it. */
void *demo_copy(const void *src, size_t len, gfp_t gfp)
{
	return kmemdup(src, gfp, len); /* expect: gfp-argument */
}

void *demo_zero(size_t len, gfp_t gfp)
{
	return kzalloc(gfp, len); /* expect: gfp-argument */
}
