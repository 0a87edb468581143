/* kernel: 4.10 */

/* The answer's message is allocated when the radio is found, inside the search and its lock. */
int demo_get_radio(struct sk_buff *msg, struct genl_info *info)
{
	struct demo_radio *radio;
	struct sk_buff *skb;
	int idx = nla_get_u32(info->attrs[DEMO_ATTR_ID]);
	int ret = -ENODEV;

	spin_lock_bh(&demo_radio_lock);
	list_for_each_entry(radio, &demo_radios, list) {
		if (radio->idx != idx)
			continue;
		skb = nlmsg_new(NLMSG_DEFAULT_SIZE, GFP_KERNEL); /* expect: sleep-in-atomic */
		if (!skb) {
			ret = -ENOMEM;
			goto out;
		}
		ret = demo_put_radio(skb, radio);
		break;
	}
out:
	spin_unlock_bh(&demo_radio_lock);
	return ret;
}
