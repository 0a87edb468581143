/* kernel: 5.10 */

/* kmalloc has no fallback to lose, and vmalloc is none. */
int demo_plain(struct demo_sb *sb, size_t n)
{
	sb->a = kmalloc(n, GFP_NOFS);
	sb->b = kmalloc_array(n, sizeof(u64), GFP_NOIO);
	sb->c = kmemdup(sb->a, n, GFP_NOFS);
	sb->d = vzalloc(n);
	return 0;
}
