/* kernel: 6.1 */

/* Neither reclaims nor touches the reserves, in or out of the scope. */
int demo_noreclaim(struct demo_sock *sock)
{
	unsigned int noreclaim = memalloc_noreclaim_save();

	sock->hint = kmalloc(64, GFP_NOWAIT | __GFP_NOMEMALLOC | __GFP_NOWARN);
	memalloc_noreclaim_restore(noreclaim);
	return 0;
}
