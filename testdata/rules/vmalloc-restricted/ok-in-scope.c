/* kernel: 4.16 */

/* The page tables are allocated in the scope, too. */
void *demo_nofs(size_t bytes)
{
	unsigned int nofs_flag;
	void *p;

	nofs_flag = memalloc_nofs_save();
	p = kvzalloc(bytes, GFP_KERNEL); /* expect: scope-implicit */
	memalloc_nofs_restore(nofs_flag);
	return p;
}

void *demo_noio(size_t bytes)
{
	unsigned int noio = memalloc_noio_save();
	void *p = __vmalloc(bytes, GFP_NOIO | __GFP_HIGH, PAGE_KERNEL); /* expect: scope-redundant */

	memalloc_noio_restore(noio);
	return p;
}

/* NOIO is the stronger of the two. */
void *demo_nofs_in_noio(size_t bytes)
{
	unsigned int noio = memalloc_noio_save();
	void *p;

	p = vmalloc(bytes); /* expect: scope-implicit */
	memalloc_noio_restore(noio);
	return p;
}
