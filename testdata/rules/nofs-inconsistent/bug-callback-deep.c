/* kernel: 5.0 */

/* Below the operation the request is another two calls away. */
struct demo_cipher_ops {
	int (*encrypt)(struct demo_cipher *c, void *data);
};

struct demo_cipher {
	const struct demo_cipher_ops *ops;
	struct demo_tfm *tfm;
	void *iv;
};

static struct demo_tfm *demo_create_tfm(const char *name)
{
	struct demo_tfm *tfm = kzalloc(sizeof(*tfm), GFP_KERNEL); /* expect: nofs-inconsistent */

	if (tfm)
		tfm->name = name;
	return tfm;
}

static int demo_first_use(struct demo_cipher *c)
{
	if (!c->tfm)
		c->tfm = demo_create_tfm("demo");
	return c->tfm ? 0 : -ENOMEM;
}

static int demo_block_encrypt(struct demo_cipher *c, void *data)
{
	int ret = demo_first_use(c);

	return ret ? ret : demo_run(c, data);
}

static const struct demo_cipher_ops demo_block_ops = {
	.encrypt = demo_block_encrypt,
};

void demo_cipher_init(struct demo_cipher *c)
{
	c->ops = &demo_block_ops;
}

int demo_encrypt_page(struct demo_cipher *c, void *page)
{
	c->iv = kmalloc(16, GFP_NOFS);
	if (!c->iv)
		return -ENOMEM;
	return c->ops->encrypt(c, page);
}
