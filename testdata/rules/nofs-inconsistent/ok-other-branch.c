/* kernel: 6.1 */
static void *demo_new(size_t len)
{
	return kmalloc(len, GFP_KERNEL);
}

/* Never both on one way. */
void *demo_either(struct demo_fs *fs, size_t len)
{
	if (fs->in_transaction)
		return kmalloc(len, GFP_NOFS);
	return demo_new(len);
}

int demo_switch(struct demo_fs *fs, int cmd)
{
	switch (cmd) {
	case 0:
		fs->a = kmalloc(64, GFP_NOIO);
		break;
	case 1:
		fs->a = demo_new(64);
		break;
	}
	return 0;
}
