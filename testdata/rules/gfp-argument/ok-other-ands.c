/* kernel: 6.1 */

/* Not masks, or not flags, or not code: kmalloc(GFP_KERNEL, 16). */
#define DEMO_F_SLEEP 1
#define DEMO_F_ZERO 2
#define demo_kmalloc(gfp, len) demo_pool_get(len, gfp)

int demo_other(struct demo_dev *dev, unsigned int flags)
{
	if (flags & DEMO_F_SLEEP)
		dev->gfp = GFP_KERNEL;
	if (flags & (DEMO_F_SLEEP | DEMO_F_ZERO))
		dev->flags = DEMO_F_SLEEP & DEMO_F_ZERO;
	dev->help = "if (gfp & GFP_KERNEL)";
	dev->buf = demo_kmalloc(GFP_KERNEL, 16);
	dev->ops->kmalloc(GFP_KERNEL, 16);
	return 0;
}
