/* The bitmap of free blocks: large, so that it may have to come from vmalloc. */
#include <linux/mm.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include "demofs.h"

/* Memory for large tables, with the caller's mask. */
void *demofs_alloc_large(size_t size, gfp_t gfp)
{
	void *p;

	p = kmalloc(size, gfp | __GFP_NOWARN);
	if (!p)
		p = __vmalloc(size, gfp);
	return p;
}

/* Reads the bitmap again after a checkpoint, inside the transaction. */
int demofs_load_bitmap(struct demofs_info *info)
{
	info->bitmap = demofs_alloc_large(info->blocks / 8, GFP_NOFS);
	return info->bitmap ? 0 : -ENOMEM;
}

/* At mount time nothing can wait for us. */
int demofs_mount_bitmap(struct demofs_info *info)
{
	info->bitmap = demofs_alloc_large(info->blocks / 8, GFP_KERNEL);
	return info->bitmap ? 0 : -ENOMEM;
}

/* The same inside a transaction, done right: the scope covers everything below. */
int demofs_check_bitmap(struct demofs_info *info)
{
	unsigned int nofs = memalloc_nofs_save();
	int ret = demofs_mount_bitmap(info);

	memalloc_nofs_restore(nofs);
	return ret;
}
