/* kernel: 6.1 */

/* The callee takes a mask for the interface's sake, and only queues a work. */
static void demo_notify_collision(struct demo_vif *vif, u64 bitmap, gfp_t gfp)
{
	vif->collisions = bitmap;
	queue_delayed_work(vif->wq, &vif->collision_work, 0);
}

void demo_color_event(struct demo_hw *hw, u32 id)
{
	struct demo_vif *vif;

	rcu_read_lock();
	vif = demo_find_vif(hw, id);
	if (vif)
		demo_notify_collision(vif, 1, GFP_KERNEL);
	rcu_read_unlock();
}
