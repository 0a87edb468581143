/* kernel: 5.17 */

/* Under the lock the mask is only compared, to decide whether the caller is told to wait. */
int demo_process_request(struct demo_queue *q, struct demo_req *req, gfp_t gfp)
{
	int ret = 0;

	spin_lock_bh(&q->lock);
	if (gfp == GFP_KERNEL && q->pending >= q->high) {
		ret = -EBUSY;
		req->resume = true;
	}
	if (!ret)
		list_add_tail(&req->list, &q->requests);
	spin_unlock_bh(&q->lock);
	return ret;
}
