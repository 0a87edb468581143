/* kernel: 6.12 */

/* The guard's block ends before the second request, and the first one comes before the guard. */
int demo_line_request(struct demo_chip *chip, unsigned int offset)
{
	struct demo_line *line = kzalloc(sizeof(*line), GFP_KERNEL);

	if (!line)
		return -ENOMEM;
	scoped_guard(spinlock_irqsave, &chip->lock) {
		if (chip->lines[offset]) {
			kfree(line);
			return -EBUSY;
		}
		chip->lines[offset] = line;
	}
	line->label = kstrdup("demo", GFP_KERNEL);
	return line->label ? 0 : -ENOMEM;
}
