/* kernel: 6.1 */

/* The exchange drops the array's lock while it allocates, with GFP_NOFS, too. */
void *demo_insert_group(struct demo_sb *sbi, unsigned long index, void *grp)
{
	void *pre;

	xa_lock(&sbi->slots);
	pre = __xa_cmpxchg(&sbi->slots, index, NULL, grp, GFP_NOFS);
	xa_unlock(&sbi->slots);
	return pre;
}
