/* kernel: 6.1 */

/* One lock for all, by name; the shrinker waits for it although it could try. */
static DEFINE_MUTEX(demo_list_mutex);
static LIST_HEAD(demo_clients);

static unsigned long demo_client_scan(struct shrinker *s, struct shrink_control *sc)
{
	struct demo_client *client;
	unsigned long freed = 0;

	mutex_lock(&demo_list_mutex);
	list_for_each_entry(client, &demo_clients, list)
		freed += demo_client_trim(client);
	mutex_unlock(&demo_list_mutex);
	return freed ? freed : SHRINK_STOP;
}

static unsigned long demo_client_count(struct shrinker *s, struct shrink_control *sc)
{
	return 16;
}

static struct shrinker demo_shrinker = {
	.count_objects = demo_client_count,
	.scan_objects = demo_client_scan,
	.seeks = DEFAULT_SEEKS,
};

int demo_register(void)
{
	return register_shrinker(&demo_shrinker, "demo-client");
}

int demo_client_add(u32 id)
{
	struct demo_client *client = NULL;

	mutex_lock(&demo_list_mutex);
	if (!demo_client_known(id))
		client = kzalloc(sizeof(*client), GFP_KERNEL); /* expect: reclaim-deadlock (high) */
	if (client)
		list_add(&client->list, &demo_clients);
	mutex_unlock(&demo_list_mutex);
	return client ? 0 : -ENOMEM;
}
