/* kernel: 6.1 */
static void *demo_new(size_t len)
{
	return kmalloc(len, GFP_KERNEL);
}

/* GFP_NOFS is only looked at. */
int demo_check(struct demo_fs *fs, gfp_t gfp)
{
	if (gfp == GFP_NOFS)
		fs->nested++;
	fs->saved_gfp = GFP_NOFS;
	fs->a = demo_new(64);
	return 0;
}
