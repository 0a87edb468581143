/* kernel: 5.17 */

/* The caller did it right and sleeps all the same. */
static struct demo_rule *demo_rule_clone(struct demo_rule *old, gfp_t gfp)
{
	struct demo_rule *rule = kmemdup(old, sizeof(*old), GFP_KERNEL); /* expect: gfp-ignored, sleep-in-atomic */

	if (rule)
		INIT_LIST_HEAD(&rule->list);
	return rule;
}

int demo_rule_split(struct demo_set *set, struct demo_rule *old)
{
	struct demo_rule *rule;

	spin_lock_bh(&set->lock);
	rule = demo_rule_clone(old, GFP_ATOMIC);
	if (rule)
		list_add(&rule->list, &old->list);
	spin_unlock_bh(&set->lock);
	return rule ? 0 : -ENOMEM;
}
