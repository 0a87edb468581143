/* kernel: 5.17 */

/* The operation takes the mask, and this caller hands its own on. */
struct demo_meta_ops {
	void *(*alloc)(struct demo_meta *meta, size_t len, gfp_t gfp);
};

struct demo_meta {
	const struct demo_meta_ops *ops;
	void *value;
	void *entry;
};

static void *demo_plain_alloc(struct demo_meta *meta, size_t len, gfp_t gfp)
{
	return kzalloc(len, gfp);
}

const struct demo_meta_ops demo_plain_ops = {
	.alloc = demo_plain_alloc,
};

int demo_meta_write(struct demo_meta *meta)
{
	meta->entry = kmalloc(64, GFP_NOFS);
	if (!meta->entry)
		return -ENOMEM;
	meta->value = meta->ops->alloc(meta, 128, GFP_NOFS);
	return meta->value ? 0 : -ENOMEM;
}

int demo_meta_open(struct demo_meta *meta)
{
	meta->value = meta->ops->alloc(meta, 128, GFP_KERNEL);
	return meta->value ? 0 : -ENOMEM;
}
