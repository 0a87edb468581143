/* Making and reading inodes. */
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
