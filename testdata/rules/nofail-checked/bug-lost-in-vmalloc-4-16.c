/* kernel: 4.16 */

/* Before 5.17 vmalloc gives up where it cannot map, whatever __GFP_NOFAIL says. */
void demo_table_grow(struct demo_table *table, unsigned long n)
{
	u64 *slots = __vmalloc(n * sizeof(*slots), GFP_KERNEL | __GFP_NOFAIL, PAGE_KERNEL); /* expect: nofail-checked */

	memcpy(slots, table->slots, table->n * sizeof(*slots));
	table->slots = slots;
	table->n = n;
}
