/* kernel: 6.1 */

/* The product may overflow, and then even this request returns NULL: the test is right. */
int demo_alloc_map(struct demo_fs *fs, size_t n)
{
	fs->map = kcalloc(n, sizeof(*fs->map), GFP_NOFS | __GFP_NOFAIL); /* expect: nofail-order */
	if (!fs->map)
		return -EOVERFLOW;
	fs->map_len = n;
	return 0;
}
