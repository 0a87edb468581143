/* kernel: 6.1 */
static void *demo_buffer(struct demo_fs *fs)
{
	return kmalloc(fs->block_size, GFP_KERNEL); /* expect: nofs-inconsistent */
}

/* The call stands before the request, but the loop comes round. */
int demo_copy_blocks(struct demo_fs *fs, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		if (fs->extent) {
			fs->buf = demo_buffer(fs);
			if (!fs->buf)
				return -ENOMEM;
			demo_copy(fs, i);
			continue;
		}
		fs->extent = kmalloc(64, GFP_NOFS);
	}
	return 0;
}
