/* kernel: 6.12 */

/* Only a work item gets here; the device may be what memory is written to, so GFP_NOIO would be the careful choice. */
static void demo_reset_work(struct work_struct *work)
{
	struct demo_host *host = container_of(work, struct demo_host, reset_work);

	mutex_lock(&host->mutex);
	host->frame = kzalloc(sizeof(*host->frame), GFP_ATOMIC); /* expect: atomic-needless */
	if (host->frame)
		demo_send_reset(host);
	mutex_unlock(&host->mutex);
}

int demo_host_init(struct demo_host *host)
{
	mutex_init(&host->mutex);
	INIT_WORK(&host->reset_work, demo_reset_work);
	return 0;
}
