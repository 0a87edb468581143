/* kernel: 6.1 */

/* Under the lock kvfree() is given what came from kmalloc; what may be from vmalloc is freed after the unlock. */
struct demo_set {
	spinlock_t lock;
	u32 *small;
	u32 *large;
};

int demo_set_init(struct demo_set *set, size_t n)
{
	spin_lock_init(&set->lock);
	set->small = kmalloc(64, GFP_KERNEL);
	set->large = kvmalloc_array(n, sizeof(u32), GFP_KERNEL);
	return set->small && set->large ? 0 : -ENOMEM;
}

void demo_set_clear(struct demo_set *set)
{
	u32 *large;

	spin_lock(&set->lock);
	kvfree(set->small);
	set->small = NULL;
	large = set->large;
	set->large = NULL;
	spin_unlock(&set->lock);
	kvfree(large);
}
