/* kernel: 6.1 */

/* The wrong combination is what is looked for. */
struct page *demo_check(gfp_t gfp, unsigned int order)
{
	if (WARN_ON_ONCE((gfp & (__GFP_ATOMIC | __GFP_DIRECT_RECLAIM)) ==
			 (__GFP_ATOMIC | __GFP_DIRECT_RECLAIM)))
		gfp &= ~__GFP_ATOMIC;
	if (gfp == (GFP_KERNEL | GFP_NOFS))
		pr_warn("demo: GFP_NOFS is lost\n");
	return alloc_pages(gfp, order);
}
