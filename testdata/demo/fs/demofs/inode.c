/* Making and reading inodes. */
#include <linux/mutex.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "demofs.h"

/* Runs inside a transaction, so it takes care what its allocations wait for. */
struct demofs_inode *demofs_new_inode(struct demofs_info *info, const char *label)
{
	struct demofs_inode *inode;

	inode = kmem_cache_zalloc(info->inodes, GFP_NOFS);
	if (!inode)
		return NULL;
	inode->info = info;
	inode->label = kstrdup(label, GFP_NOFS);
	inode->digest = demofs_new_digest(label);
	if (!inode->label || !inode->digest) {
		kfree(inode->label);
		kfree(inode->digest);
		kmem_cache_free(info->inodes, inode);
		return NULL;
	}
	return inode;
}

/* Runs before any transaction. */
struct demofs_inode *demofs_read_inode(struct demofs_info *info, u64 ino)
{
	struct demofs_inode *inode;

	inode = kmem_cache_zalloc(info->inodes, GFP_KERNEL);
	if (!inode)
		return NULL;
	inode->info = info;
	inode->ino = ino;
	return inode;
}

struct demofs_unused {
	struct list_head list;
	struct demofs_inode *inode;
};

static DEFINE_MUTEX(demofs_unused_lock);
static LIST_HEAD(demofs_unused);

/* Reclaim asks for inodes that nobody uses. */
static unsigned long demofs_scan(struct shrinker *shrinker, struct shrink_control *sc)
{
	struct demofs_unused *unused, *next;
	unsigned long freed = 0;

	mutex_lock(&demofs_unused_lock);
	list_for_each_entry_safe(unused, next, &demofs_unused, list) {
		list_del(&unused->list);
		kfree(unused);
		freed++;
	}
	mutex_unlock(&demofs_unused_lock);
	return freed;
}

static unsigned long demofs_count(struct shrinker *shrinker, struct shrink_control *sc)
{
	return list_empty(&demofs_unused) ? 0 : 1;
}

static struct shrinker demofs_shrinker = {
	.count_objects = demofs_count,
	.scan_objects = demofs_scan,
	.seeks = DEFAULT_SEEKS,
};

int demofs_shrinker_init(void)
{
	return register_shrinker(&demofs_shrinker);
}

int demofs_put_inode(struct demofs_inode *inode)
{
	struct demofs_unused *unused;

	mutex_lock(&demofs_unused_lock);
	unused = kmalloc(sizeof(*unused), GFP_KERNEL);
	if (unused) {
		unused->inode = inode;
		list_add(&unused->list, &demofs_unused);
	}
	mutex_unlock(&demofs_unused_lock);
	return unused ? 0 : -ENOMEM;
}
