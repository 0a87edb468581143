/* kernel: 6.12 */

/* Not to sleep is the point: a hint that may be missing, and a quick try before the real one. */
static ssize_t demo_store(struct device *d, struct device_attribute *attr, const char *buf, size_t n)
{
	struct demo_dev *dev = dev_get_drvdata(d);
	void *big;

	dev->hint = kmalloc(64, GFP_NOWAIT | __GFP_NOWARN);
	big = kmalloc(65536, GFP_NOWAIT | __GFP_NOWARN | __GFP_NORETRY);
	if (!big)
		big = vmalloc(65536);
	dev->big = big;
	return big ? n : -ENOMEM;
}
static DEVICE_ATTR(demo, 0200, NULL, demo_store);

int demo_attach(struct device *d)
{
	return device_create_file(d, &dev_attr_demo);
}
