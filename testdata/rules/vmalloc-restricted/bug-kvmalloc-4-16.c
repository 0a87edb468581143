/* kernel: 4.16 */

/* In this version kvmalloc warns about the mask and then calls vmalloc all the same. */
int demo_read_xattr(struct demo_inode *inode, size_t value_len)
{
	inode->value = kvmalloc(value_len, GFP_NOFS); /* expect: vmalloc-restricted */
	if (!inode->value)
		return -ENOMEM;
	inode->copy = kvzalloc(value_len, GFP_NOIO); /* expect: vmalloc-restricted */
	if (!inode->copy)
		return -ENOMEM;
	inode->index = kvmalloc_array(value_len, sizeof(u32), GFP_NOFS); /* expect: vmalloc-restricted */
	if (!inode->index)
		return -ENOMEM;
	inode->near = kvmalloc_node(value_len, GFP_NOFS, inode->node); /* expect: vmalloc-restricted */
	return inode->near ? 0 : -ENOMEM;
}
