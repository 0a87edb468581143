/* kernel: 4.16 */

/* "May I sleep?" asked with the whole composite: GFP_ATOMIC says yes, too. */
int demo_charge(struct demo_group *group, gfp_t gfp_mask, unsigned int nr)
{
	int tries = 5;

	while (!demo_try_take(group, nr)) {
		if (!(gfp_mask & GFP_KERNEL) || !tries--) /* expect: gfp-argument */
			return -ENOMEM;
		demo_reclaim(group, nr);
	}
	return 0;
}
