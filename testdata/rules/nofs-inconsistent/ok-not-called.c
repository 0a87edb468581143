/* kernel: 6.1 */
static int demo_worker_fn(struct demo_fs *fs)
{
	fs->tab = kmalloc(512, GFP_KERNEL);
	return 0;
}

/* Another function's business: stored, compared, named in text, but not called here. */
int demo_queue(struct demo_fs *fs)
{
	fs->a = kmalloc(64, GFP_NOFS);
	fs->fn = demo_worker_fn;
	fs->text = "demo_worker_fn(fs)";
	return fs->fn == demo_worker_fn ? 0 : -EINVAL;
}
