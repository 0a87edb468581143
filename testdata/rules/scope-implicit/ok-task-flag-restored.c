/* kernel: 4.16 */

/* The flag is gone again when the request is made. */
void *demo_grow(struct demo_log *log)
{
	unsigned long pflags;

	current_set_flags_nested(&pflags, PF_MEMALLOC_NOFS);
	demo_write_back(log);
	current_restore_flags_nested(&pflags, PF_MEMALLOC_NOFS);
	return kmalloc(log->size, GFP_KERNEL);
}
