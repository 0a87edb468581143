/* kernel: 4.10 */

/* The same is called where the image is looked up, which may use all there is. */
static struct demo_obj *demo_obj_create(struct demo_dev *dev)
{
	return kmem_cache_zalloc(demo_obj_cache, GFP_NOIO);
}

static struct demo_img *demo_img_create(struct demo_dev *dev)
{
	return kmem_cache_alloc(demo_img_cache, GFP_NOIO);
}

static struct demo_op *demo_op_create(struct demo_dev *dev)
{
	return kmalloc(sizeof(struct demo_op), GFP_NOIO);
}

static int demo_exists_submit(struct demo_dev *dev)
{
	struct demo_obj *obj;
	struct page **pages;

	pages = demo_alloc_pages(4, GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	obj = demo_obj_create(dev);
	if (!obj)
		return -ENOMEM;
	return demo_send(obj, pages, demo_op_create(dev));
}

static int demo_submit(struct demo_dev *dev)
{
	if (dev->layered)
		return demo_exists_submit(dev);
	return demo_send_all(dev);
}

static void demo_exists_callback(struct demo_dev *dev)
{
	demo_submit(dev);
}

static void demo_queue_work(struct work_struct *work)
{
	struct demo_dev *dev = demo_of(work);
	struct demo_img *img = demo_img_create(dev);

	if (!img)
		return;
	dev->callback = demo_exists_callback;
	demo_submit(dev);
}

static int demo_init_request(struct demo_dev *dev)
{
	INIT_WORK(&dev->work, demo_queue_work);
	return 0;
}

static int demo_probe(struct demo_dev *dev)
{
	dev->name = kmalloc(64, GFP_KERNEL);
	if (!dev->name)
		return -ENOMEM;
	return demo_exists_submit(dev);
}

static struct demo_queue_ops demo_ops = {
	.init_request = demo_init_request,
	.probe = demo_probe,
};

struct page **demo_alloc_pages(int count, gfp_t flags)
{
	return kcalloc(count, sizeof(struct page *), flags);
}
