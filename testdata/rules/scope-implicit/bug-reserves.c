/* kernel: 6.12 */

/* Code that frees no memory eats what reclaim lives on. */
int demo_send(struct demo_sock *sock)
{
	unsigned int noreclaim = memalloc_noreclaim_save();
	int ret = -ENOMEM;

	sock->msg = kzalloc(sizeof(*sock->msg), GFP_KERNEL); /* expect: scope-implicit */
	if (sock->msg)
		ret = demo_xmit(sock);
	memalloc_noreclaim_restore(noreclaim);
	return ret;
}
