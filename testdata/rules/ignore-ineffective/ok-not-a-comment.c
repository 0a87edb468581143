/* kernel: 6.1 */
/* gfplint: found nothing here. That is prose: "ignore" does not follow. */
static void *demo_node(void)
{
	pr_info("gfplint: ignore[contradictory-flags]");
	return kmalloc(64, GFP_KERNEL);
}
