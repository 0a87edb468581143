/* Mounting and remounting. */
#include <linux/module.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include "demofs.h"

int demofs_fill_super(struct demofs_info *info)
{
	int ret;

	info->inodes = kmem_cache_create("demofs_inode", sizeof(struct demofs_inode), 0, 0, NULL);
	if (!info->inodes)
		return -ENOMEM;
	ret = demofs_mount_bitmap(info);
	if (ret)
		goto fail;
	ret = demofs_journal_load(info);
	if (ret)
		goto fail;
	return 0;
fail:
	kvfree(info->bitmap);
	kmem_cache_destroy(info->inodes);
	return ret;
}

int demofs_remount(struct demofs_info *info, bool readonly)
{
	unsigned int nofs = memalloc_nofs_save();

	if (info->readonly == readonly)
		return 0;
	if (readonly)
		demofs_journal_commit(info);
	info->readonly = readonly;
	memalloc_nofs_restore(nofs);
	return 0;
}

int demofs_sync(struct demofs_info *info)
{
	unsigned int cookie = demofs_journal_enter(info);
	int ret = demodisk_write(info->disk, 0, info->bitmap);

	demofs_journal_leave(info, cookie);
	return ret;
}

int demofs_set_label(struct demofs_info *info, const char *label)
{
	unsigned int cookie = demofs_journal_enter(info);

	info->label = kstrdup(label, GFP_NOFS);
	demofs_journal_leave(info, cookie);
	return info->label ? 0 : -ENOMEM;
}

/* Outside of the journal the mask is all that keeps reclaim out. */
int demofs_read_label(struct demofs_info *info)
{
	info->label = kmalloc(32, GFP_NOFS);
	return info->label ? demodisk_write(info->disk, 3, info->label) : -ENOMEM;
}
