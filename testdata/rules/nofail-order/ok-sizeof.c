/* kernel: 6.12 */

#define DEMO_SLOTS 500

struct demo_slot {
	unsigned long stamp;
	unsigned char kind;
};

/* 8008 bytes: order 1. */
struct demo_map {
	struct demo_slot slots[DEMO_SLOTS];
	unsigned int used;
};

struct demo_packed {
	unsigned char tag;
	struct demo_slot slots[DEMO_SLOTS + 11];
} __packed;

struct demo_log {
	unsigned int count;
	struct demo_slot entries[];
};

/* Nothing says how large the outer one is, or that it is large. */
struct demo_outer {
	struct demo_unknown inner;
	unsigned int used;
};

static void demo_small(struct demo_map *map, struct demo_log *log, size_t n, struct demo_outer *o)
{
	void *p;

	p = kmalloc(sizeof(*map), GFP_KERNEL | __GFP_NOFAIL);
	p = kmalloc(sizeof(struct demo_packed), GFP_KERNEL | __GFP_NOFAIL);
	p = kmalloc(struct_size(log, entries, 511), GFP_KERNEL | __GFP_NOFAIL);
	p = kmalloc(array_size(8, sizeof(map->slots[0])), GFP_KERNEL | __GFP_NOFAIL);
	p = kmalloc(min_t(size_t, n, 2 * PAGE_SIZE), GFP_KERNEL | __GFP_NOFAIL);
	p = (void *)__get_free_pages(GFP_KERNEL | __GFP_NOFAIL, get_order(sizeof(*map)));
	p = kmalloc(sizeof(*o), GFP_KERNEL | __GFP_NOFAIL);
	p = kmalloc(sizeof(*o) + sizeof(struct demo_slot), GFP_KERNEL | __GFP_NOFAIL);
	p = kmalloc(ARRAY_SIZE(map->slots), GFP_KERNEL | __GFP_NOFAIL);
}
