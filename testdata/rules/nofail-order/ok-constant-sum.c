/* kernel: 6.1 */
#define DEMO_SLOTS 16

struct demo_header {
	u32 magic;
	u32 length;
};

/* Sums and products, but of constants. */
void demo_small(struct demo_fs *fs)
{
	fs->a = kmalloc(sizeof(struct demo_header) + DEMO_SLOTS * sizeof(u64), GFP_NOFS | __GFP_NOFAIL);
	fs->b = kcalloc(DEMO_SLOTS, sizeof(u32), GFP_NOFS | __GFP_NOFAIL);
	fs->c = kmalloc(2 * 1024 + 64, GFP_NOFS | __GFP_NOFAIL);
}
