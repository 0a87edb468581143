/* kernel: 5.0 */

/* The message is allocated before the section; there are many ways out of it. */
int demo_get_nodes(struct sk_buff *skb_in, struct genl_info *info)
{
	struct net_device *dev;
	struct sk_buff *out;
	int res = -ENODEV;

	out = genlmsg_new(NLMSG_GOODSIZE, GFP_KERNEL);
	if (!out)
		return -ENOMEM;
	rcu_read_lock();
	dev = dev_get_by_index_rcu(genl_info_net(info), demo_index(info));
	if (!dev)
		goto unlock;
	if (!demo_is_ours(dev)) {
		rcu_read_unlock();
		kfree_skb(out);
		return -EINVAL;
	}
	res = demo_fill(out, dev);
	if (res < 0)
		goto unlock;
	rcu_read_unlock();
	return genlmsg_reply(out, info);
unlock:
	rcu_read_unlock();
	kfree_skb(out);
	return res;
}
