/* kernel: 4.16 */

/* Many ways to one restore. */
int demo_connect(struct demo_node *node)
{
	unsigned int noio_flag;
	int ret = 0;

	noio_flag = memalloc_noio_save();
	if (node->connected)
		goto out;
	ret = demo_socket(node);
	if (ret < 0)
		goto out;
	ret = demo_bind(node);
	if (ret) {
		demo_close(node);
		goto out;
	}
	ret = demo_start(node);
out:
	memalloc_noio_restore(noio_flag);
	return ret;
}
