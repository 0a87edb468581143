/* kernel: 6.12 */

/* Here kvmalloc returns NULL instead of sleeping, as a compressor's allocator callback wants it. */
static void *demo_custom_alloc(void *opaque, size_t size)
{
	if (!preemptible())
		return kvzalloc(size, GFP_ATOMIC);
	return kvzalloc(size, GFP_KERNEL);
}

void demo_init_params(struct demo_params *p)
{
	p->alloc = demo_custom_alloc;
}
