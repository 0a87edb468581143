/* kernel: 6.12 */

#define DEMO_SLOTS 600

enum demo_kind { DEMO_READ, DEMO_WRITE, DEMO_KINDS };

struct demo_slot {
	unsigned long stamp;
	unsigned char kind;
};

struct demo_map {
	struct demo_slot slots[DEMO_SLOTS];
	unsigned int used;
};

struct demo_log {
	unsigned int count;
	struct demo_slot entries[];
};

static struct demo_map *demo_map_of(struct demo_map *old)
{
	return kmalloc(sizeof(*old), GFP_NOFS | __GFP_NOFAIL); /* expect: nofail-order */
}

static void demo_tables(struct demo_log *log)
{
	void *both;

	log = kmalloc(struct_size(log, entries, 1024), GFP_KERNEL | __GFP_NOFAIL); /* expect: nofail-order */
	both = kcalloc(DEMO_KINDS, sizeof(struct demo_map), GFP_KERNEL | __GFP_NOFAIL); /* expect: nofail-order */
	both = (void *)__get_free_pages(GFP_KERNEL | __GFP_NOFAIL, get_order(sizeof(struct demo_map))); /* expect: nofail-order */
	both = kmalloc(array_size(DEMO_SLOTS, sizeof(log->entries[0])), GFP_KERNEL | __GFP_NOFAIL); /* expect: nofail-order */
	both = kmalloc(PAGE_ALIGN(sizeof(struct demo_map)) << 1, GFP_KERNEL | __GFP_NOFAIL); /* expect: nofail-order */
	both = kmalloc(max_t(size_t, 4 * PAGE_SIZE, log->count), GFP_KERNEL | __GFP_NOFAIL); /* expect: nofail-order */
}
