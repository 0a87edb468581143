/* kernel: 6.12 */

/* No caller has anything for the branch that sleeps. */
static int demo_add_flow(struct demo_group *group, struct demo_spec *spec)
{
	struct demo_flow *flow = kzalloc(sizeof(*flow), GFP_KERNEL);

	if (!flow)
		return -ENOMEM;
	flow->spec = spec;
	list_add(&flow->node, &group->flows);
	return 0;
}

static int demo_modify(struct demo_group *group, int state, void *data)
{
	struct demo_spec *spec = data;
	int err = 0;

	spin_lock(&group->lock);
	if (spec)
		err = demo_add_flow(group, spec);
	group->state = state;
	spin_unlock(&group->lock);
	return err;
}

int demo_reset(struct demo_group *group)
{
	return demo_modify(group, 0, NULL);
}

int demo_run(struct demo_group *group)
{
	return demo_modify(group, 1, NULL);
}
