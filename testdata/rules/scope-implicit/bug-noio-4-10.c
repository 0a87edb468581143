/* kernel: 4.10 */

int demo_reset(struct demo_hub *hub)
{
	unsigned int noio = memalloc_noio_save();
	int ret = -ENOMEM;

	hub->buf = kmalloc(hub->len, GFP_KERNEL); /* expect: scope-implicit */
	if (!hub->buf)
		goto out;
	ret = demo_reset_port(hub);
out:
	memalloc_noio_restore(noio);
	return ret;
}
