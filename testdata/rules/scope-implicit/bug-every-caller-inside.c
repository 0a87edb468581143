/* kernel: 6.12 */

/* A static helper that is only ever called inside the scope. */
static struct demo_batch *demo_new_batch(struct demo_fs *fs)
{
	struct demo_batch *batch = kzalloc(sizeof(*batch), GFP_KERNEL); /* expect: scope-implicit */

	if (batch)
		batch->fs = fs;
	return batch;
}

int demo_write_batch(struct demo_fs *fs)
{
	unsigned int nofs = memalloc_nofs_save();
	struct demo_batch *batch = demo_new_batch(fs);
	int ret = batch ? demo_submit(batch) : -ENOMEM;

	memalloc_nofs_restore(nofs);
	return ret;
}
