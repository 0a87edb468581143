/* kernel: 6.1 */

/* The buffer is asked for with GFP_NOFS inside the function: nothing of it can go at the call. */
int demo_read_block(struct super_block *sb, sector_t block)
{
	unsigned int nofs = memalloc_nofs_save();
	struct buffer_head *bh = sb_getblk(sb, block);

	memalloc_nofs_restore(nofs);
	return bh ? demo_fill(bh) : -ENOMEM;
}
