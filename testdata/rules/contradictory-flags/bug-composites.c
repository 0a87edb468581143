/* kernel: 6.1 */

void *demo_kernel_nofs(size_t len)
{
	return kmalloc(len, GFP_KERNEL | GFP_NOFS); /* expect: contradictory-flags */
}

void *demo_nofs_noio(size_t len)
{
	return kmalloc(len, GFP_NOIO | GFP_NOFS | __GFP_NOWARN); /* expect: contradictory-flags */
}

void *demo_atomic_kernel(size_t len)
{
	return kmalloc(len, GFP_ATOMIC | GFP_KERNEL); /* expect: contradictory-flags */
}
