/* kernel: 6.1 */

/* Whoever filled these in may well have bounded them; nothing here says that they are large. */
void *demo_plain(struct demo_fs *fs, size_t len)
{
	fs->name = kmalloc(fs->name_len, GFP_NOFS | __GFP_NOFAIL);
	return kmalloc(len, GFP_NOFS | __GFP_NOFAIL);
}
