/* kernel: 5.10 */

/* The flag is looked at and taken away before the large request. */
struct page *demo_large(gfp_t gfp)
{
	gfp &= ~__GFP_NOFAIL;
	return alloc_pages(gfp | __GFP_NORETRY, 4);
}

struct page *demo_caller(void)
{
	return demo_large(GFP_KERNEL | __GFP_NOFAIL);
}

bool demo_must(gfp_t gfp)
{
	return gfp & __GFP_NOFAIL;
}
