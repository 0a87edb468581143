/* kernel: 4.16 */
struct demo_record {
	u64 key;
	char name[48];
};

void demo_objects(struct demo_fs *fs)
{
	fs->rec = kmalloc(sizeof(struct demo_record), GFP_NOFS | __GFP_NOFAIL);
	fs->node = kzalloc(sizeof(*fs->node), GFP_NOFS | __GFP_NOFAIL);
	fs->obj = kmem_cache_alloc(fs->cache, GFP_NOFS | __GFP_NOFAIL);
	fs->zobj = kmem_cache_zalloc(fs->cache, GFP_NOFS | __GFP_NOFAIL);
	fs->buf = kmalloc(8192, GFP_KERNEL | __GFP_NOFAIL);
}
