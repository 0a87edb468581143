/* kernel: 5.17 */
#define DEMO_LOG_BYTES (64 * 1024)

void demo_log_init(struct demo_log *log)
{
	log->buf = kmalloc(64 * 1024, GFP_KERNEL | __GFP_NOFAIL); /* expect: nofail-order */
	log->shadow = kzalloc(DEMO_LOG_BYTES, GFP_NOFS | __GFP_NOFAIL); /* expect: nofail-order */
	log->table = kmalloc_array(4096, 16, GFP_KERNEL | __GFP_NOFAIL); /* expect: nofail-order */
	log->index = kcalloc(1 << 12, sizeof(u64), GFP_KERNEL | __GFP_NOFAIL); /* expect: nofail-order */
}
