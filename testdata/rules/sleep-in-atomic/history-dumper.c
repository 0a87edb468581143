/* kernel: 5.17 */

/* The kernel's log is dumped under rcu_read_lock(), through two pointers, while the machine dies. */
struct demo_record_ops {
	int (*write)(struct demo_zones *z, struct demo_record *rec);
};

static int demo_write_record(struct demo_zones *z, struct demo_record *rec)
{
	struct demo_zone *zone = z->zone[z->next];

	if (!zone->buffer)
		zone->buffer = kzalloc(zone->len, GFP_KERNEL); /* expect: sleep-in-atomic */
	if (!zone->buffer)
		return -ENOMEM;
	return demo_zone_write(zone, rec);
}

static int demo_kmsg_write(struct demo_zones *z, struct demo_record *rec)
{
	if (!z->ready)
		return -EBUSY;
	return demo_write_record(z, rec);
}

static const struct demo_record_ops demo_zone_ops = {
	.write = demo_kmsg_write,
};

static const struct demo_record_ops *demo_backend = &demo_zone_ops;

static void demo_dump(struct kmsg_dumper *dumper, enum kmsg_dump_reason reason)
{
	struct demo_record rec = { .reason = reason };

	demo_backend->write(&demo_zones, &rec);
}

static struct kmsg_dumper demo_dumper = {
	.dump = demo_dump,
};

int demo_register(void)
{
	return kmsg_dump_register(&demo_dumper);
}
