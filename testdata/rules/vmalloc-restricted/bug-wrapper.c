/* kernel: 4.16 */

/* The wrapper does as it is told; the caller that chooses the mask is wrong. */
void *demo_kvmalloc(size_t size, gfp_t flags)
{
	void *ret;

	ret = kmalloc(size, flags | __GFP_NOWARN);
	if (!ret)
		ret = __vmalloc(size, flags, PAGE_KERNEL);
	return ret;
}

static void *demo_message(size_t len, gfp_t gfp)
{
	return demo_kvmalloc(len + 8, gfp);
}

int demo_add_group(struct demo_sb *sbi, unsigned long gdb_num)
{
	struct buffer_head **desc;

	desc = demo_kvmalloc((gdb_num + 1) * /* expect: vmalloc-restricted */
			     sizeof(struct buffer_head *),
			     GFP_NOFS);
	if (!desc)
		return -ENOMEM;
	sbi->desc = desc;
	return 0;
}

void *demo_send(size_t len)
{
	return demo_message(len, GFP_NOIO); /* expect: vmalloc-restricted */
}

void *demo_mount(size_t len)
{
	return demo_message(len, GFP_KERNEL);
}
