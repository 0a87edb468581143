/* kernel: 5.17 */

/* The cookie comes back through a pointer; one error label lies behind the end of the scope. */
static int demo_begin(struct demo_fs *fs, unsigned int *nofs)
{
	if (fs->frozen)
		return -EBUSY;
	*nofs = memalloc_nofs_save();
	down_write(&fs->commit_sem);
	return 0;
}

static void demo_end(struct demo_fs *fs, unsigned int nofs)
{
	up_write(&fs->commit_sem);
	memalloc_nofs_restore(nofs);
}

int demo_commit(struct demo_fs *fs)
{
	unsigned int nofs;
	int ret;

	ret = demo_begin(fs, &nofs);
	if (ret)
		return ret;
	ret = demo_flush_delayed(fs);
	if (ret)
		goto out_end;
	ret = demo_write_super(fs);
	if (ret)
		goto out_report;
out_end:
	demo_end(fs, nofs);
	return ret;
out_report:
	demo_abort(fs, ret);
	return ret; /* expect: scope-unbalanced */
}
