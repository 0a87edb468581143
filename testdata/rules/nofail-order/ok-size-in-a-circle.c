/* kernel: 6.1 */

/* The array is as long as a macro says, which asks the array: no size, and no end of looking for one. */
#define DEMO_ROWS ARRAY_SIZE(demo_table)

static u32 demo_table[DEMO_ROWS];

void *demo_copy_table(void)
{
	return kmemdup(demo_table, sizeof(demo_table) * DEMO_ROWS, GFP_KERNEL);
}
