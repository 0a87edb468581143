/* kernel: 6.1 */

/* lock_sock() is an ownership that sleeps, though there is a spinlock inside. */
int demo_set_auth(struct sock *sk, struct demo_ep *ep)
{
	int ret = 0;

	lock_sock(sk);
	ep->auth = kzalloc(sizeof(*ep->auth), GFP_KERNEL);
	if (!ep->auth)
		ret = -ENOMEM;
	release_sock(sk);
	return ret;
}
