/* kernel: 5.17 */

void *demo_truth(size_t len, gfp_t gfp)
{
	if (gfp & GFP_KERNEL) /* expect: gfp-argument */
		might_sleep();
	if (!(gfp & GFP_NOFS)) /* expect: gfp-argument */
		return NULL;
	return kmalloc(len, gfp);
}

bool demo_is_atomic(gfp_t gfp)
{
	return gfp & GFP_ATOMIC ? true : false; /* expect: gfp-argument */
}

void demo_wait(struct demo_queue *q, gfp_t gfp)
{
	while (q->full && (gfp & GFP_KERNEL)) /* expect: gfp-argument */
		demo_wait_for_room(q);
}
