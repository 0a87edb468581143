/* kernel: 6.1 */

/* A file server reads attributes: no filesystem reclaim was wanted, and is done. */
int demo_getxattr(struct demo_dentry *dentry, const char *name, void **bufp, int *lenp)
{
	ssize_t len;
	char *buf;

	len = demo_vfs_getxattr(dentry, name, NULL, 0);
	if (len <= 0)
		return len;
	buf = kvmalloc(len, GFP_KERNEL | GFP_NOFS); /* expect: contradictory-flags */
	if (!buf)
		return -ENOMEM;
	len = demo_vfs_getxattr(dentry, name, buf, len);
	*bufp = buf;
	*lenp = len;
	return 0;
}
