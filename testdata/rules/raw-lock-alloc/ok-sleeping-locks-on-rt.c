/* kernel: 6.12 */
/* options: --rt */

/* These are no spinning locks on PREEMPT_RT, and leave interrupts on. */
int demo_insert(struct demo_table *t)
{
	unsigned long flags;

	spin_lock_irqsave(&t->lock, flags);
	t->a = kmalloc(64, GFP_ATOMIC);
	spin_unlock_irqrestore(&t->lock, flags);
	write_lock_bh(&t->rwlock);
	t->b = kmalloc(64, GFP_ATOMIC);
	write_unlock_bh(&t->rwlock);
	local_bh_disable();
	t->c = kmalloc(64, GFP_NOWAIT);
	local_bh_enable();
	rcu_read_lock();
	t->d = kmalloc(64, GFP_ATOMIC);
	rcu_read_unlock();
	return 0;
}

int demo_insert_wrong(struct demo_table *t)
{
	spin_lock(&t->lock);
	t->e = kmalloc(64, GFP_KERNEL); /* expect: sleep-in-atomic */
	spin_unlock(&t->lock);
	return 0;
}
