/* kernel: 4.10 */

/* The lock is taken by the condition, and held in its branch: two calls down a header is reallocated. */
static bool demo_msg_reverse(u32 own, struct sk_buff **skb, int err)
{
	if (skb_cloned(*skb) &&
	    pskb_expand_head(*skb, 64, 16, GFP_KERNEL)) { /* expect: sleep-in-atomic */
		kfree_skb(*skb);
		return false;
	}
	demo_set_error(*skb, own, err);
	return true;
}

static void demo_sk_enqueue(struct sock *sk, struct sk_buff *skb, u32 own)
{
	if (sk_rcvqueues_full(sk, sk->sk_rcvbuf)) {
		if (demo_msg_reverse(own, &skb, DEMO_ERR_OVERLOAD))
			demo_return(sk, skb);
		return;
	}
	__skb_queue_tail(&sk->sk_receive_queue, skb);
}

void demo_sk_rcv(struct sock *sk, struct sk_buff *skb, u32 own)
{
	if (likely(spin_trylock_bh(&sk->sk_lock.slock))) {
		demo_sk_enqueue(sk, skb, own);
		spin_unlock_bh(&sk->sk_lock.slock);
	} else {
		demo_defer(sk, skb);
	}
}
