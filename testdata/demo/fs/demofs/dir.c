/* Directories: arrays of entries. */
#include <linux/mm.h>
#include <linux/slab.h>
#include "demofs.h"

int demofs_read_dir(struct demofs_inode *inode)
{
	inode->dir = kvmalloc_array(inode->entries, sizeof(*inode->dir), GFP_NOFS);
	return inode->dir ? 0 : -ENOMEM;
}

/* readdir holds nothing that reclaim needs. */
struct demofs_entry *demofs_copy_dir(struct demofs_inode *inode)
{
	struct demofs_entry *copy;

	copy = kvmalloc_array(inode->entries, sizeof(*copy), GFP_KERNEL);
	if (copy)
		memcpy(copy, inode->dir, inode->entries * sizeof(*copy));
	return copy;
}

/* gfplint: ignore[kvmalloc-no-fallback] one entry is small */
struct demofs_entry *demofs_new_entry(u64 ino, const char *name)
{
	struct demofs_entry *entry;

	entry = kmalloc(sizeof(*entry), GFP_NOFS);
	if (!entry)
		return NULL;
	entry->ino = ino;
	strscpy(entry->name, name, sizeof(entry->name));
	return entry;
}
