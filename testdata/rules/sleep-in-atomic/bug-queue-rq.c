/* kernel: 6.1 */

/* A queue that is not marked blocking is served under RCU. */
static blk_status_t demo_queue_rq(struct blk_mq_hw_ctx *hctx, const struct blk_mq_queue_data *bd)
{
	struct demo_cmd *cmd = blk_mq_rq_to_pdu(bd->rq);

	cmd->sgl = kmalloc_array(cmd->n, sizeof(*cmd->sgl), GFP_NOIO); /* expect: sleep-in-atomic */
	if (!cmd->sgl)
		return BLK_STS_RESOURCE;
	blk_mq_start_request(bd->rq);
	demo_issue(hctx->driver_data, cmd);
	return BLK_STS_OK;
}

static const struct blk_mq_ops demo_mq_ops = {
	.queue_rq = demo_queue_rq,
};

int demo_init_tags(struct demo_dev *dev)
{
	dev->tag_set.ops = &demo_mq_ops;
	dev->tag_set.nr_hw_queues = 1;
	dev->tag_set.flags = BLK_MQ_F_SHOULD_MERGE;
	return blk_mq_alloc_tag_set(&dev->tag_set);
}
