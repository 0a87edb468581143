/* kernel: 4.10 */

/* Two event handlers call it under a lock, a user's request without: one finding, at the request. */
static int demo_create_bss(struct demo_adapter *adapter)
{
	struct demo_cmd *cmd = kzalloc(sizeof(*cmd), GFP_KERNEL); /* expect: sleep-in-atomic */

	if (!cmd)
		return -ENOMEM;
	cmd->code = DEMO_CREATE_BSS;
	return demo_enqueue_cmd(adapter, cmd);
}

void demo_survey_done(struct demo_adapter *adapter)
{
	struct demo_mlme *mlme = &adapter->mlme;

	spin_lock_bh(&mlme->lock);
	if (mlme->to_join && demo_create_bss(adapter))
		mlme->failed++;
	mlme->to_join = false;
	spin_unlock_bh(&mlme->lock);
}

void demo_station_gone(struct demo_adapter *adapter)
{
	spin_lock_bh(&adapter->mlme.lock);
	if (adapter->mlme.adhoc && demo_create_bss(adapter))
		adapter->mlme.failed++;
	spin_unlock_bh(&adapter->mlme.lock);
}

int demo_ioctl_start(struct demo_adapter *adapter)
{
	return demo_create_bss(adapter);
}
