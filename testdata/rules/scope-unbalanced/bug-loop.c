/* kernel: 5.17 */

int demo_write_list(struct demo_dev *dev)
{
	struct demo_req *req;

	list_for_each_entry(req, &dev->reqs, list) {
		unsigned int noio = memalloc_noio_save();

		if (demo_write(req) < 0)
			return -EIO; /* expect: scope-unbalanced */
		memalloc_noio_restore(noio);
	}
	return 0;
}

int demo_wait(struct demo_dev *dev, int tries)
{
	unsigned int nofs;
	int i;

	for (i = 0; i < tries; i++) {
		nofs = memalloc_nofs_save();
		if (demo_poll(dev))
			break;
		memalloc_nofs_restore(nofs);
	}
	return i == tries ? -ETIMEDOUT : 0; /* expect: scope-unbalanced */
}
