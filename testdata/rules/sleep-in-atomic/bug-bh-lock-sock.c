/* kernel: 6.1 */

/* lock_sock() may sleep, but bh_lock_sock() takes the spinlock inside the socket. */
int demo_backlog(struct sock *sk, struct sk_buff *skb)
{
	struct sk_buff *copy;

	bh_lock_sock(sk);
	copy = skb_clone(skb, GFP_KERNEL); /* expect: sleep-in-atomic */
	if (copy)
		__skb_queue_tail(&sk->sk_receive_queue, copy);
	bh_unlock_sock(sk);
	return copy ? 0 : -ENOMEM;
}
