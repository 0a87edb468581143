/* kernel: 6.1 */

/* Whatever finish() returns, it has closed what start() opened. */
struct demo_op {
	unsigned int cookie;
	struct demo_fs *fs;
};

static int demo_op_start(struct demo_fs *fs, struct demo_op *op)
{
	op->fs = fs;
	op->cookie = memalloc_nofs_save();
	return 0;
}

static int demo_op_finish(struct demo_op *op, int error)
{
	int ret = error;

	if (!ret)
		ret = demo_write_log(op->fs);
	memalloc_nofs_restore(op->cookie);
	if (ret)
		demo_report(op->fs, ret);
	return ret;
}

int demo_truncate(struct demo_fs *fs, struct demo_inode *inode, u64 size)
{
	struct demo_op op;
	int ret;

	ret = demo_op_start(fs, &op);
	if (ret)
		return ret;
	if (size > inode->size)
		return demo_op_finish(&op, -EFBIG);
	inode->size = size;
	return demo_op_finish(&op, demo_free_blocks(inode));
}
