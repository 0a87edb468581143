/* kernel: 5.10 */
struct demo_header {
	__le32 magic;
	__le32 version;
	u8 uuid[16];
};

#define DEMO_SLOTS 16

int demo_small(struct demo_sb *sb)
{
	sb->a = kvmalloc(512, GFP_NOFS);
	sb->b = kvmalloc(4096, GFP_NOFS);
	sb->c = kvzalloc(sizeof(struct demo_header), GFP_NOFS);
	sb->d = kvmalloc_array(DEMO_SLOTS, sizeof(u32), GFP_NOIO);
	return 0;
}
