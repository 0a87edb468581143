/* kernel: 5.17 */

/* The bit that the composite leaves out is put back beside it. */
void *demo_fs(size_t len)
{
	return kmalloc(len, GFP_NOFS | __GFP_FS); /* expect: contradictory-flags */
}

void *demo_io(size_t len)
{
	return kmalloc(len, GFP_NOIO | __GFP_ZERO | __GFP_IO); /* expect: contradictory-flags */
}

void *demo_reclaim(size_t len)
{
	return kmalloc(len, GFP_ATOMIC | __GFP_DIRECT_RECLAIM); /* expect: contradictory-flags */
}
