/* kernel: 4.16 */

/* Preloaded before the lock is taken; under it only what was loaded is used. */
int demo_new_action(struct demo_info *info, u32 index)
{
	int err;

	idr_preload(GFP_KERNEL);
	spin_lock_bh(&info->lock);
	err = idr_alloc_u32(&info->idr, NULL, &index, index, GFP_ATOMIC);
	spin_unlock_bh(&info->lock);
	idr_preload_end();
	return err;
}
