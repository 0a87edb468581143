/* kernel: 4.10 */

/* The state of a light-weight tunnel is built under rcu_read_lock(); a helper of the driver's makes its cache. */
static int demo_cache_init(struct demo_encap *encap)
{
	encap->cache = kcalloc(DEMO_SLOTS, sizeof(*encap->cache), GFP_KERNEL); /* expect: sleep-in-atomic */
	return encap->cache ? 0 : -ENOMEM;
}

static int demo_build_state(struct net_device *dev, struct nlattr *nla, unsigned int family,
			    const void *cfg, struct lwtunnel_state **ts)
{
	struct demo_encap *encap = demo_parse(nla);

	if (!encap)
		return -EINVAL;
	*ts = encap->state;
	return demo_cache_init(encap);
}

static const struct lwtunnel_encap_ops demo_encap_ops = {
	.build_state = demo_build_state,
};

int demo_tunnel_register(void)
{
	return lwtunnel_encap_add_ops(&demo_encap_ops, DEMO_ENCAP);
}
