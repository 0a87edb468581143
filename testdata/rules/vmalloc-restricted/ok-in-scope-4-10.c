/* kernel: 4.10 */

/* Before 4.12 the NOIO scope is the only one, and it is enough. */
int demo_copy_params(struct demo_ioctl *k, struct demo_ioctl **out)
{
	unsigned int noio_flag;
	struct demo_ioctl *dmi = NULL;

	if (k->data_size <= KMALLOC_MAX_SIZE)
		dmi = kmalloc(k->data_size, GFP_NOIO | __GFP_NORETRY | __GFP_NOWARN);
	if (!dmi) {
		noio_flag = memalloc_noio_save();
		dmi = __vmalloc(k->data_size, GFP_NOIO | __GFP_HIGH | __GFP_HIGHMEM, PAGE_KERNEL); /* expect: scope-redundant */
		memalloc_noio_restore(noio_flag);
	}
	*out = dmi;
	return dmi ? 0 : -ENOMEM;
}
