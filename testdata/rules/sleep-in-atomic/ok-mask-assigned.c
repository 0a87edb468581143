/* kernel: 4.16 */

/* A socket is told which mask to use later; here nothing is allocated. */
void demo_add_sock(struct socket *sock, struct demo_conn *con)
{
	struct sock *sk = sock->sk;

	write_lock_bh(&sk->sk_callback_lock);
	con->sock = sock;
	sk->sk_user_data = con;
	sk->sk_allocation = GFP_NOFS;
	sk->sk_data_ready = demo_data_ready;
	write_unlock_bh(&sk->sk_callback_lock);
}
