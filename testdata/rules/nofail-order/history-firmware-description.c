/* kernel: 4.10 */

/* The size comes from the firmware; the flag later became __GFP_RETRY_MAYFAIL. */
static struct demo_handle *demo_desc_alloc(unsigned int mdesc_size)
{
	unsigned int handle_size;
	unsigned long addr;
	void *base;

	handle_size = sizeof(struct demo_handle) + mdesc_size;
	base = kmalloc(handle_size + 15, GFP_KERNEL | __GFP_NOFAIL); /* expect: nofail-order */
	addr = (unsigned long)base;
	addr = (addr + 15UL) & ~15UL;
	return (struct demo_handle *)addr;
}

void demo_desc_update(struct demo_state *state, unsigned int len)
{
	state->cur = demo_desc_alloc(len);
}
