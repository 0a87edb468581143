/* kernel: 6.1 */

/* Nothing says how many there are. */
int demo_read_index(struct demo_fs *fs, u32 count, size_t header)
{
	fs->index = kmalloc(count * sizeof(struct demo_entry), GFP_NOFS | __GFP_NOFAIL); /* expect: nofail-order */
	fs->names = kmalloc_array(count, fs->name_len, GFP_NOFS | __GFP_NOFAIL); /* expect: nofail-order */
	fs->raw = kmalloc(header + count * 8, GFP_NOFS | __GFP_NOFAIL); /* expect: nofail-order */
	return 0;
}
