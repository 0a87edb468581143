/* kernel: 6.12 */

/* The labels undo in the order things were done; the error way closes the outer scope first. */
int demo_attach_log(struct demo_fs *fs, struct demo_dev *dev)
{
	unsigned int outer, inner;
	int ret;

	outer = memalloc_nofs_save();
	ret = demo_open_log(fs);
	if (ret)
		goto out_outer;
	inner = memalloc_nofs_save();
	ret = demo_bind_log(fs, dev);
	if (ret)
		goto out_both;
	demo_start_log(fs);
	memalloc_nofs_restore(inner);
	memalloc_nofs_restore(outer);
	return 0;

out_both:
	memalloc_nofs_restore(outer); /* expect: scope-misnested */
	demo_close_log(fs);
	memalloc_nofs_restore(inner);
	return ret;

out_outer:
	memalloc_nofs_restore(outer);
	return ret;
}
