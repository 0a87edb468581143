/* kernel: 5.15 */
#define DEMO_WINDOW (128 * 1024)

void *demo_window(void)
{
	return kvmalloc(DEMO_WINDOW, GFP_NOFS); /* expect: kvmalloc-no-fallback */
}
