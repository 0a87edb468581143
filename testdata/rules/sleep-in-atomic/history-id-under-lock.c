/* kernel: 4.16 */

/* Identifiers are allocated with a mask, too. */
int demo_add_sa(struct demo_ipsec *ipsec, struct demo_sa *sa)
{
	unsigned long flags;
	int ret;

	spin_lock_irqsave(&ipsec->rx_lock, flags);
	ret = ida_simple_get(&ipsec->halloc, 1, 0, GFP_KERNEL); /* expect: sleep-in-atomic */
	if (ret >= 0) {
		sa->handle = ret;
		hash_add_rcu(ipsec->rx, &sa->hlist, sa->handle);
		ret = 0;
	}
	spin_unlock_irqrestore(&ipsec->rx_lock, flags);
	return ret;
}

struct demo_msg *demo_get_msg(struct demo_inst *inst)
{
	struct demo_msg *msg = kzalloc(sizeof(*msg), GFP_KERNEL);

	if (!msg)
		return ERR_PTR(-ENOMEM);
	spin_lock(&inst->map_lock);
	msg->handle = idr_alloc(&inst->map, msg, 0, 0, GFP_KERNEL); /* expect: sleep-in-atomic */
	spin_unlock(&inst->map_lock);
	if (msg->handle < 0) {
		kfree(msg);
		return ERR_PTR(-ENOMEM);
	}
	return msg;
}
