/* kernel: 6.1 */

/* A mask is stored, compared and printed in the scope, but nothing is asked for. */
int demo_mask_only(struct demo_fs *fs, gfp_t gfp)
{
	unsigned int nofs = memalloc_nofs_save();

	fs->gfp = GFP_KERNEL;
	if (gfp == GFP_KERNEL)
		pr_debug("kmalloc(64, GFP_KERNEL)\n");
	mapping_set_gfp_mask(fs->mapping, GFP_KERNEL);
	memalloc_nofs_restore(nofs);
	return 0;
}
