/* kernel: 5.10 */

/* Not GFP_NOFS but GFP_NOIO: a reset of a device that may carry the swap. */
static int demo_pre_reset(struct usb_interface *intf)
{
	struct demo_dev *dev = usb_get_intfdata(intf);

	dev->saved = kmalloc(64, GFP_NOIO);
	return dev->saved ? 0 : -ENOMEM;
}

static struct usb_driver demo_usb_driver = {
	.name = "demo",
	.pre_reset = demo_pre_reset,
};
module_usb_driver(demo_usb_driver);
