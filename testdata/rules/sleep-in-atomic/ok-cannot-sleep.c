/* kernel: 6.1 */

/* Requests that do not sleep, in every kind of section. */
int demo_all_atomic(struct demo_dev *dev)
{
	unsigned long flags;

	spin_lock_irqsave(&dev->lock, flags);
	dev->a = kmalloc(64, GFP_ATOMIC);
	dev->b = mempool_alloc(dev->pool, GFP_ATOMIC);
	dev->c = dma_pool_alloc(dev->dma_pool, GFP_NOWAIT, &dev->c_dma);
	spin_unlock_irqrestore(&dev->lock, flags);
	rcu_read_lock();
	dev->d = alloc_percpu_gfp(struct demo_stats, GFP_NOWAIT | __GFP_NOWARN);
	dev->e = kmemdup(dev->key, 32, GFP_ATOMIC | __GFP_NOWARN);
	rcu_read_unlock();
	preempt_disable();
	dev->f = kmalloc(64, GFP_KERNEL & ~__GFP_DIRECT_RECLAIM);
	preempt_enable();
	local_bh_disable();
	dev->skb = netdev_alloc_skb(dev->ndev, 1500);
	local_bh_enable();
	return 0;
}
