/* kernel: 6.1 */

/* A reader of RCU may not sleep; the result is stored in an xarray before the section ends. */
int demo_map_type(struct demo_provider *provider, struct demo_client *client)
{
	struct demo_p2p *p2p;
	int type = demo_calc(provider, client);

	rcu_read_lock();
	p2p = rcu_dereference(provider->p2p);
	if (p2p)
		xa_store(&p2p->types, client->id, xa_mk_value(type), GFP_KERNEL); /* expect: sleep-in-atomic */
	rcu_read_unlock();
	return type;
}
