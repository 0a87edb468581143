/* kernel: 6.12 */

/* The common label gives back a cookie that the first goto never received. */
static unsigned int demo_server_lock(struct demo_server *server)
{
	unsigned int nofs = memalloc_nofs_save();

	mutex_lock(&server->srv_mutex);
	return nofs;
}

static void demo_server_unlock(struct demo_server *server, unsigned int nofs)
{
	mutex_unlock(&server->srv_mutex);
	memalloc_nofs_restore(nofs);
}

int demo_send_cancel(struct demo_server *server, struct demo_msg *msg)
{
	unsigned int nofs;
	int rc;

	rc = demo_setup_header(msg);
	if (rc)
		goto out;
	nofs = demo_server_lock(server);
	rc = demo_sign(server, msg);
	if (!rc)
		rc = demo_xmit(server, msg);
out:
	demo_server_unlock(server, nofs); /* expect: scope-unbalanced */
	return rc;
}
