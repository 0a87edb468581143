/* kernel: 4.16 */

/* In a NOIO scope an explicit GFP_NOIO can go, with or without other flags. */
int demo_start_reset(struct demo_host *host, struct demo_cmd *cmd)
{
	unsigned int noio = memalloc_noio_save();
	int ret = -ENOMEM;

	cmd->sense = kmalloc(96, GFP_NOIO); /* expect: scope-redundant */
	if (!cmd->sense)
		goto out;
	cmd->table = kcalloc(cmd->segs, sizeof(*cmd->table), GFP_NOIO | __GFP_NOWARN); /* expect: scope-redundant */
	if (!cmd->table)
		goto out;
	ret = demo_send_reset(host, cmd);
out:
	memalloc_noio_restore(noio);
	return ret;
}
