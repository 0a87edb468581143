/* kernel: 5.17 */

/* From this version on vmalloc opens the scope itself. */
void *demo_read_leaf(unsigned int len)
{
	return __vmalloc(len, GFP_NOFS);
}

void *demo_bitmap(unsigned int len)
{
	return __vmalloc(len, GFP_NOIO | __GFP_ZERO);
}

void *demo_xattr(size_t len)
{
	return kvmalloc(len, GFP_NOFS);
}
