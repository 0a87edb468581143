/* kernel: 5.10 */

int demo_load(struct demo_fs *fs, size_t bytes)
{
	fs->map = kvmalloc(bytes, GFP_NOFS); /* expect: kvmalloc-no-fallback */
	if (!fs->map)
		return -ENOMEM;
	fs->shadow = kvzalloc(bytes, GFP_NOIO); /* expect: kvmalloc-no-fallback */
	return fs->shadow ? 0 : -ENOMEM;
}
