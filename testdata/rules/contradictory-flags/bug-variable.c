/* kernel: 4.10 */

void *demo_assigned(size_t len)
{
	gfp_t gfp;

	gfp = GFP_NOFS | GFP_KERNEL; /* expect: contradictory-flags */
	return kmalloc(len, gfp);
}
