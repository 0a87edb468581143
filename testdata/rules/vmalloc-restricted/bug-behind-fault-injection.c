/* kernel: 4.16 */

static inline void *demo_kmalloc(struct demo_sb_info *sbi, size_t size, gfp_t flags)
{
	if (demo_time_to_inject(sbi, DEMO_FAULT_KMALLOC))
		return NULL;
	return kmalloc(size, flags);
}

static inline void *demo_kvmalloc(struct demo_sb_info *sbi, size_t size, gfp_t flags)
{
	if (demo_time_to_inject(sbi, DEMO_FAULT_KVMALLOC))
		return NULL;
	return kvmalloc(size, flags);
}

static inline void *demo_kvzalloc(struct demo_sb_info *sbi, size_t size, gfp_t flags)
{
	return demo_kvmalloc(sbi, size, flags | __GFP_ZERO);
}

int demo_build_sit(struct demo_sb_info *sbi, size_t n)
{
	sbi->sentries = demo_kvzalloc(sbi, n * sizeof(struct demo_seg), GFP_KERNEL);
	sbi->near = demo_kmalloc(sbi, n, GFP_NOFS);
	return sbi->sentries && sbi->near ? 0 : -ENOMEM;
}

int demo_recover(struct demo_sb_info *sbi, size_t n)
{
	sbi->dirty = demo_kvmalloc(sbi, n * sizeof(u64), GFP_NOFS); /* expect: vmalloc-restricted */
	return sbi->dirty ? 0 : -ENOMEM;
}

int demo_acl(struct demo_sb_info *sbi, size_t n)
{
	/* One page at most: kvmalloc never gets to vmalloc. */
	sbi->acl = demo_kvmalloc(sbi, 4 * sizeof(u64), GFP_NOFS);
	return sbi->acl ? 0 : -ENOMEM;
}
