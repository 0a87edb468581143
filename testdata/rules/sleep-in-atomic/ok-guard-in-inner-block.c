/* kernel: 6.12 */

/* The guard of the spinlock ends with its inner block; the guard of the mutex may sleep. */
int demo_line_config(struct demo_chip *chip)
{
	guard(mutex)(&chip->mutex);
	if (chip->busy) {
		guard(spinlock)(&chip->lock);
		chip->retries++;
	}
	chip->config = kmalloc(128, GFP_KERNEL);
	return chip->config ? 0 : -ENOMEM;
}
