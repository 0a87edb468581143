/* kernel: 5.0 */

/* Charging is not allocating: the flag makes the charge exceed the limit, and nothing sleeps. */
static int demo_try_charge(struct demo_memcg *memcg, gfp_t gfp_mask, unsigned int nr)
{
	if (page_counter_try_charge(&memcg->memory, nr, NULL))
		return 0;
	if (!gfpflags_allow_blocking(gfp_mask))
		goto nomem;
	demo_reclaim(memcg, nr, gfp_mask);
nomem:
	if (!(gfp_mask & __GFP_NOFAIL))
		return -ENOMEM;
	page_counter_charge(&memcg->memory, nr);
	return 0;
}

bool demo_charge_socket(struct demo_memcg *memcg, unsigned int nr)
{
	gfp_t gfp_mask = GFP_KERNEL;

	if (in_softirq())
		gfp_mask = GFP_NOWAIT;
	if (demo_try_charge(memcg, gfp_mask, nr) == 0)
		return true;
	demo_try_charge(memcg, gfp_mask | __GFP_NOFAIL, nr);
	return false;
}
