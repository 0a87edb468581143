/* kernel: 6.1 */
static struct demo_key *demo_new_key(u64 id)
{
	struct demo_key *key;

	key = kmalloc(sizeof(*key), GFP_KERNEL); /* expect: nofs-inconsistent */
	if (key)
		key->id = id;
	return key;
}

int demo_init_security(struct demo_inode *inode)
{
	inode->label = kmalloc(64, GFP_NOFS);
	if (!inode->label)
		return -ENOMEM;
	inode->key = demo_new_key(inode->id);
	return inode->key ? 0 : -ENOMEM;
}
