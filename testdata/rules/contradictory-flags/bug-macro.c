/* kernel: 5.10 */
#define DEMO_MASK (GFP_KERNEL | GFP_NOIO) /* expect: contradictory-flags */

/* The expression is wrong once, however often it is used. */
void *demo_first(size_t len)
{
	return kmalloc(len, DEMO_MASK);
}

void *demo_second(size_t len)
{
	return kzalloc(len, DEMO_MASK | __GFP_NOWARN);
}
