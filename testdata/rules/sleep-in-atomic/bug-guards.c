/* kernel: 6.12 */

/* A guard holds its lock to the end of the block it stands in. */
int demo_gpio_request(struct demo_chip *chip, unsigned int offset)
{
	struct demo_line *line;

	guard(spinlock_irqsave)(&chip->lock);
	if (chip->lines[offset])
		return -EBUSY;
	line = kzalloc(sizeof(*line), GFP_KERNEL); /* expect: sleep-in-atomic */
	if (!line)
		return -ENOMEM;
	chip->lines[offset] = line;
	return 0;
}

int demo_gpio_label(struct demo_chip *chip, unsigned int offset, const char *label)
{
	char *copy = NULL;

	scoped_guard(rcu) {
		if (rcu_dereference(chip->desc))
			copy = kstrdup(label, GFP_KERNEL); /* expect: sleep-in-atomic */
	}
	chip->label = copy;
	return copy ? 0 : -ENOMEM;
}
