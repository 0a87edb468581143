/* kernel: 4.10 */

/* A reader/writer lock is a spinning lock, too; the copy stands in the loop under it. */
static void demo_send_all(struct demo_sock_list *sl, struct sk_buff *skb)
{
	struct sk_buff *copy = NULL;
	struct sock *sk;

	read_lock(&sl->lock);
	sk_for_each(sk, &sl->head) {
		if (sk->sk_state != DEMO_BOUND)
			continue;
		if (!copy)
			copy = skb_copy(skb, GFP_KERNEL); /* expect: sleep-in-atomic */
		if (!copy)
			break;
		if (!sock_queue_rcv_skb(sk, copy))
			copy = NULL;
	}
	read_unlock(&sl->lock);
	kfree_skb(copy);
}

void demo_broadcast(struct demo_stack *st, struct sk_buff *skb)
{
	demo_send_all(&st->socks, skb);
	kfree_skb(skb);
}
