/* kernel: 6.12 */

/* Nobody builds this but who looks for an error in it; it would be wrong then. */
static unsigned long demo_count_free(struct super_block *sb)
{
	unsigned long count = 0;
#ifdef DEMOFS_DEBUG
	struct buffer_head *bitmap = sb_bread(sb, 1); /* expect: sleep-in-atomic (medium) */

	if (bitmap)
		count = demo_count_bits(bitmap);
	brelse(bitmap);
#else
	count = demo_free(sb);
#endif
	return count;
}

void demo_sync_super(struct super_block *sb, struct demo_sb *es)
{
	spin_lock(&es->lock);
	es->free = demo_count_free(sb);
	spin_unlock(&es->lock);
}
