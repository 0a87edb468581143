/* kernel: 6.1 */

/* kmalloc(64 * 1024, GFP_KERNEL | __GFP_NOFAIL) */
static const gfp_t demo_must = GFP_NOFS | __GFP_NOFAIL;

#define demo_alloc_pages_name(order) "alloc_pages(__GFP_NOFAIL, " #order ")"

int demo_charge(struct demo_group *group, unsigned int nr_pages)
{
	pr_debug("%s\n", demo_alloc_pages_name(4));
	return demo_try_charge(group, demo_must, nr_pages * 64);
}
