/* kernel: 5.17 */

/*
 * The driver core calls this inside a NOIO scope during a reset, and says
 * GFP_KERNEL is right here for that reason; it may be called elsewhere, too.
 */
struct demo_driver {
	int (*post_reset)(struct demo_intf *intf);
};

static int demo_hid_post_reset(struct demo_intf *intf)
{
	void *rdesc = kmalloc(intf->rsize, GFP_KERNEL);

	if (!rdesc)
		return 1;
	demo_compare(intf, rdesc);
	kfree(rdesc);
	return 0;
}

struct demo_driver demo_hid_driver = {
	.post_reset = demo_hid_post_reset,
};

int demo_reset_device(struct demo_dev *dev)
{
	unsigned int noio_flag = memalloc_noio_save();
	int ret = demo_reset_and_verify(dev);

	if (dev->intf->drv->post_reset)
		ret = dev->intf->drv->post_reset(dev->intf);
	memalloc_noio_restore(noio_flag);
	return ret;
}
