/* kernel: 4.10 */

/* Buffers come from a pool of the device; when the right one is busy, another is made under the lock. */
int demo_attach_buf(struct demo_adapter *adp, struct demo_ioc *kioc, int len)
{
	struct demo_pool *pool = demo_find_pool(adp, len);
	unsigned long flags;

	if (!pool)
		return -EINVAL;
	spin_lock_irqsave(&pool->lock, flags);
	if (!pool->in_use) {
		pool->in_use = 1;
		kioc->vaddr = pool->vaddr;
		kioc->paddr = pool->paddr;
		spin_unlock_irqrestore(&pool->lock, flags);
		return 0;
	}
	/* Blocks until there is one. */
	kioc->vaddr = dma_pool_alloc(pool->handle, GFP_KERNEL, &kioc->paddr); /* expect: sleep-in-atomic */
	spin_unlock_irqrestore(&pool->lock, flags);
	return kioc->vaddr ? 0 : -ENOMEM;
}
