/* kernel: 5.17 */

/* Single bits, helpers and whole comparisons say what they mean. */
int demo_tests(gfp_t gfp)
{
	if (gfp & __GFP_FS)
		return 1;
	if (gfp & __GFP_DIRECT_RECLAIM)
		return 2;
	if (gfpflags_allow_blocking(gfp))
		return 3;
	if ((gfp & GFP_KERNEL) == GFP_KERNEL)
		return 4;
	if ((gfp & GFP_KERNEL) != GFP_KERNEL)
		return 5;
	if (gfp & GFP_DMA)
		return 6;
	if (gfp == GFP_ATOMIC)
		return 7;
	return 0;
}
