/* kernel: 6.1 */

/* Saved in every turn, restored once: from the second turn on the old cookie is lost. */
int demo_retry_write(struct demo_dev *dev, struct demo_req *req)
{
	unsigned int noio;
	int tries = 0;
	int ret;

	do {
		noio = memalloc_noio_save(); /* expect: scope-misnested */
		ret = demo_write(dev, req);
		if (ret == -EAGAIN)
			demo_backoff(dev, tries);
	} while (ret == -EAGAIN && ++tries < 5);
	memalloc_noio_restore(noio);
	return ret;
}
