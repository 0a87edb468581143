/* kernel: 6.1 */

int demo_each_turn(struct demo_dev *dev)
{
	struct demo_req *req;
	unsigned int noio;
	int ret = 0;

	list_for_each_entry(req, &dev->reqs, list) {
		noio = memalloc_noio_save();
		ret = demo_write(req);
		memalloc_noio_restore(noio);
		if (ret)
			break;
	}
	while (!ret && demo_more(dev)) {
		noio = memalloc_noio_save();
		if (demo_skip(dev)) {
			memalloc_noio_restore(noio);
			continue;
		}
		ret = demo_step(dev);
		memalloc_noio_restore(noio);
	}
	return ret;
}
