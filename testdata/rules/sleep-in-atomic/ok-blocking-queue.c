/* kernel: 6.1 */

/* The queue is marked as one whose driver sleeps. */
static blk_status_t demo_queue_rq(struct blk_mq_hw_ctx *hctx, const struct blk_mq_queue_data *bd)
{
	struct demo_cmd *cmd = blk_mq_rq_to_pdu(bd->rq);

	cmd->buf = kmalloc(512, GFP_NOIO);
	if (!cmd->buf)
		return BLK_STS_RESOURCE;
	return demo_transfer(hctx->driver_data, cmd);
}

static const struct blk_mq_ops demo_mq_ops = {
	.queue_rq = demo_queue_rq,
};

int demo_init_tags(struct demo_dev *dev)
{
	dev->tag_set.ops = &demo_mq_ops;
	dev->tag_set.nr_hw_queues = 1;
	dev->tag_set.flags = BLK_MQ_F_SHOULD_MERGE | BLK_MQ_F_BLOCKING;
	return blk_mq_alloc_tag_set(&dev->tag_set);
}
