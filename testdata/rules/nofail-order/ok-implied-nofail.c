/* kernel: 6.1 */

/* A block of the device is at most a page; the mask is the buffer layer's business. */
int demo_read_block(struct super_block *sb, struct demo_inode *inode, sector_t block)
{
	inode->bh = sb_getblk(sb, block);
	inode->next = sb_bread(sb, block + 1);
	inode->raw = __getblk(sb->s_bdev, block + 2, sb->s_blocksize);
	return inode->bh && inode->next ? 0 : -ENOMEM;
}
