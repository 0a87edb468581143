/* kernel: 5.17 */
/* Needed until 5.17, when vmalloc began to keep GFP_NOFS: the comment was left behind. */
static void *demo_table(unsigned long size)
{
	/* gfplint: ignore[vmalloc-restricted] page tables are small */ /* expect: ignore-ineffective */
	return __vmalloc(size, GFP_NOFS);
}
