/* kernel: 6.12 */

/* Two implementations of one operation: one restricts itself, which says which of the two is wrong. */
struct demo_comp_ops {
	int (*init)(struct demo_comp *comp, size_t len);
};

struct demo_comp {
	const struct demo_comp_ops *ops;
	void *ws;
	void *out;
};

static int demo_fast_init(struct demo_comp *comp, size_t len)
{
	comp->ws = kmalloc(len, GFP_NOFS);
	return comp->ws ? 0 : -ENOMEM;
}

static int demo_dense_init(struct demo_comp *comp, size_t len)
{
	comp->ws = kmalloc(len + 4096, GFP_KERNEL); /* expect: nofs-inconsistent */
	return comp->ws ? 0 : -ENOMEM;
}

static const struct demo_comp_ops demo_comp_table[] = {
	{ .init = demo_fast_init },
	{ .init = demo_dense_init },
};

int demo_compress_pages(struct demo_comp *comp, size_t len)
{
	comp->out = kmalloc(len, GFP_NOFS);
	if (!comp->out)
		return -ENOMEM;
	return comp->ops->init(comp, len);
}

void demo_comp_choose(struct demo_comp *comp, int kind)
{
	comp->ops = &demo_comp_table[kind];
}
