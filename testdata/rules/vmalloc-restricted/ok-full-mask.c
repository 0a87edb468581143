/* kernel: 4.16 */

void *demo_a(size_t bytes)
{
	return __vmalloc(bytes, GFP_KERNEL | __GFP_HIGHMEM | __GFP_ZERO, PAGE_KERNEL);
}

void *demo_b(size_t bytes)
{
	return kvmalloc(bytes, GFP_USER);
}

/* The restricted value is gone when the call is made. */
void *demo_c(size_t bytes, u64 *cookie)
{
	gfp_t gfp = GFP_NOFS;

	*cookie = demo_next_cookie(gfp);
	gfp = GFP_KERNEL;
	return __vmalloc(bytes, gfp, PAGE_KERNEL);
}

/* A bit that is only added makes no request narrower. */
void *demo_d(size_t bytes, bool zero)
{
	gfp_t gfp = GFP_KERNEL;

	if (zero)
		gfp |= __GFP_ZERO;
	return __vmalloc(bytes, gfp, PAGE_KERNEL);
}
