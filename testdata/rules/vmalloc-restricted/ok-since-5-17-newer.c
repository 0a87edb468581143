/* kernel: 6.12 */

void *demo_leaf(unsigned int len)
{
	return __vmalloc_noprof(len, GFP_NOFS);
}

void *demo_workspace(size_t len)
{
	return kvmalloc(len, GFP_NOIO);
}
