/* kernel: 6.1 */

/* Timers of both sorts run their function in an interrupt, softly or hard. */
static void demo_watchdog(struct timer_list *t)
{
	struct demo_dev *dev = from_timer(dev, t, watchdog);

	dev->report = kzalloc(sizeof(*dev->report), GFP_KERNEL); /* expect: sleep-in-atomic */
	if (dev->report)
		demo_collect(dev, dev->report);
	mod_timer(&dev->watchdog, jiffies + HZ);
}

static enum hrtimer_restart demo_sample(struct hrtimer *timer)
{
	struct demo_dev *dev = container_of(timer, struct demo_dev, sampler);

	dev->sample = kmalloc(64, GFP_NOIO); /* expect: sleep-in-atomic */
	hrtimer_forward_now(timer, ms_to_ktime(10));
	return HRTIMER_RESTART;
}

void demo_start_timers(struct demo_dev *dev)
{
	timer_setup(&dev->watchdog, demo_watchdog, 0);
	hrtimer_init(&dev->sampler, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	dev->sampler.function = demo_sample;
	hrtimer_start(&dev->sampler, ms_to_ktime(10), HRTIMER_MODE_REL);
}
