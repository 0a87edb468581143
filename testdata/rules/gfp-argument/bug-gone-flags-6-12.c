/* kernel: 6.12 */

/* Reserves are given by __GFP_HIGH alone now. */
bool demo_may_use_reserve(gfp_t gfp)
{
	return gfp & __GFP_ATOMIC; /* expect: gfp-argument */
}
