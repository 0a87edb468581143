/* kernel: 5.4 */

static inline void *demo_kvmalloc(struct demo_sb *sbi, size_t size, gfp_t flags)
{
	if (demo_time_to_inject(sbi))
		return NULL;
	return kvmalloc(size, flags);
}

static inline void *demo_kvzalloc(struct demo_sb *sbi, size_t size, gfp_t flags)
{
	return demo_kvmalloc(sbi, size, flags | __GFP_ZERO);
}

int demo_build(struct demo_sb *sbi, size_t segments)
{
	sbi->sums = demo_kvmalloc(sbi, segments * 64, GFP_NOFS); /* expect: kvmalloc-no-fallback */
	sbi->bits = demo_kvzalloc(sbi, segments / 8, GFP_NOFS); /* expect: kvmalloc-no-fallback */
	return sbi->sums && sbi->bits ? 0 : -ENOMEM;
}

int demo_mount(struct demo_sb *sbi, size_t segments)
{
	sbi->seg = demo_kvzalloc(sbi, segments * 32, GFP_KERNEL);
	return sbi->seg ? 0 : -ENOMEM;
}
