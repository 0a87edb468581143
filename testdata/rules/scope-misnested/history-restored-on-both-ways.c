/* kernel: 5.17 */

/*
 * The restore was once moved up so that the wait below runs without the
 * scope; the one at the end stayed, and writes an old state back.
 */
int demo_transfer(struct demo_conn *conn)
{
	unsigned int noreclaim;
	int ret;

	noreclaim = memalloc_noreclaim_save();
	do {
		ret = demo_send(conn);
	} while (ret == -EAGAIN);
	memalloc_noreclaim_restore(noreclaim);
	if (ret < 0)
		demo_disconnect(conn);
	demo_wait(conn);
	memalloc_noreclaim_restore(noreclaim); /* expect: scope-misnested */
	return ret;
}
