#ifndef DEMOFS_H
#define DEMOFS_H

#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#define DEMOFS_LOG_BYTES (64 * 1024)
#define DEMOFS_NAME_LEN 64

struct demofs_record {
	u64 sequence;
	u32 length;
	u32 checksum;
};

struct demofs_digest {
	u8 state[64];
	u32 length;
};

struct demofs_entry {
	u64 ino;
	char name[DEMOFS_NAME_LEN];
};

struct demofs_inode {
	struct demofs_info *info;
	u64 ino;
	size_t entries;
	struct demofs_entry *dir;
	char *label;
	struct demofs_digest *digest;
};

struct demofs_info {
	struct demodisk *disk;
	struct kmem_cache *inodes;
	unsigned long *bitmap;
	size_t blocks;
	void *log;
	struct demofs_record *pending;
	bool readonly;
	char *label;
	struct work_struct count_work;
	size_t groups;
	u32 *counts;
};

/* bitmap.c */
void *demofs_alloc_large(size_t size, gfp_t gfp);
int demofs_load_bitmap(struct demofs_info *info);
int demofs_mount_bitmap(struct demofs_info *info);

/* journal.c */
int demofs_journal_load(struct demofs_info *info);
void demofs_journal_commit(struct demofs_info *info);
unsigned int demofs_journal_enter(struct demofs_info *info);
void demofs_journal_leave(struct demofs_info *info, unsigned int cookie);
void demofs_journal_setup(struct demofs_info *info);
int demofs_journal_count(struct demofs_info *info);

/* xattr.c */
struct demofs_digest *demofs_new_digest(const char *label);
int demofs_get_xattr(struct demofs_inode *inode, size_t len, char **value);

int demodisk_write(struct demodisk *disk, sector_t sector, void *data);

#endif
