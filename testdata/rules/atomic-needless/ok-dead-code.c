/* kernel: 6.1 */

/* Called by nobody that is seen, or only where preprocessor conditions hide the caller: nothing is known. */
static __maybe_unused void *demo_debug_alloc(struct demo_dev *dev)
{
	return kmalloc(64, GFP_ATOMIC);
}

static void *demo_table_entry(struct demo_dev *dev)
{
	return kzalloc(32, GFP_ATOMIC);
}

DEMO_DECLARE_HANDLER(demo_entry_handler, demo_table_entry);
