/* kernel: 4.10 */

/* This version has only __GFP_REPEAT. */
void *demo_try_hard(size_t len)
{
	return kmalloc(len, GFP_KERNEL | __GFP_RETRY_MAYFAIL); /* expect: gfp-argument */
}
