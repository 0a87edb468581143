/* kernel: 6.1 */
static void *demo_new(size_t len)
{
	return kmalloc(len, GFP_KERNEL);
}

/* One configuration or the other. */
void *demo_label(struct demo_fs *fs, size_t len)
{
#ifdef CONFIG_DEMO_JOURNAL
	return kmalloc(len, GFP_NOFS);
#else
	return demo_new(len);
#endif
}
