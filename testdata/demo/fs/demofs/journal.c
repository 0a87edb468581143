/* The journal. */
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include "demofs.h"

int demofs_journal_load(struct demofs_info *info)
{
	info->log = kmalloc(DEMOFS_LOG_BYTES, GFP_KERNEL | __GFP_NOFAIL);
	return demodisk_write(info->disk, 1, info->log);
}

/* A journal of one page needs no such care: a single page can always be had in the end. */
void demofs_journal_load_small(struct demofs_info *info)
{
	info->log = (void *)__get_free_page(GFP_KERNEL | __GFP_NOFAIL);
}

/* Starts over with an empty record. */
int demofs_journal_restart(struct demofs_info *info)
{
	struct demofs_record *record = kzalloc(sizeof(*record), GFP_NOFS | __GFP_NOFAIL);

	if (!record)
		return -ENOMEM;
	info->pending = record;
	return 0;
}

void demofs_journal_commit(struct demofs_info *info)
{
	unsigned int nofs = memalloc_nofs_save();

	info->pending = kzalloc(sizeof(*info->pending), GFP_KERNEL | __GFP_NOFAIL);
	demodisk_write(info->disk, 2, info->pending);
	memalloc_nofs_restore(nofs);
}

/* A scope that the caller closes with demofs_journal_leave(). */
unsigned int demofs_journal_enter(struct demofs_info *info)
{
	unsigned int cookie = memalloc_nofs_save();

	if (info->readonly)
		pr_warn("demofs: transaction on a read-only filesystem\n");
	return cookie;
}

void demofs_journal_leave(struct demofs_info *info, unsigned int cookie)
{
	demofs_journal_commit(info);
	memalloc_nofs_restore(cookie);
}

/* Counts what is free, in a worker since it takes long. */
static void demofs_count_work(struct work_struct *work)
{
	struct demofs_info *info = container_of(work, struct demofs_info, count_work);

	info->counts = kcalloc(info->groups, sizeof(*info->counts), GFP_KERNEL);
	if (info->counts)
		demodisk_write(info->disk, 4, info->counts);
}

void demofs_journal_setup(struct demofs_info *info)
{
	INIT_WORK(&info->count_work, demofs_count_work);
}

/* The worker is not in the journal's scope. */
int demofs_journal_count(struct demofs_info *info)
{
	unsigned int cookie = demofs_journal_enter(info);

	schedule_work(&info->count_work);
	flush_work(&info->count_work);
	demofs_journal_leave(info, cookie);
	return info->counts ? 0 : -ENOMEM;
}
