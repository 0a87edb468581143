/* kernel: 6.12 */

void demo_stack_init(struct demo_stack *stack)
{
	stack->base = kmalloc(4 * PAGE_SIZE, GFP_KERNEL | __GFP_NOFAIL); /* expect: nofail-order */
	stack->spare = kmalloc(PAGE_SIZE << 2, GFP_KERNEL | __GFP_NOFAIL); /* expect: nofail-order */
	stack->small = kmalloc(PAGE_SIZE, GFP_KERNEL | __GFP_NOFAIL);
}
