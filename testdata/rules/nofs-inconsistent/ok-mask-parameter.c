/* kernel: 5.10 */

/* The mask is handed down. */
static struct demo_key *demo_new_key(u64 id, gfp_t gfp)
{
	return kmalloc(sizeof(struct demo_key), gfp);
}

int demo_init_security(struct demo_inode *inode)
{
	inode->label = kmalloc(64, GFP_NOFS);
	inode->key = demo_new_key(inode->id, GFP_NOFS);
	return 0;
}

int demo_mount(struct demo_inode *inode)
{
	inode->key = demo_new_key(inode->id, GFP_KERNEL);
	return 0;
}
