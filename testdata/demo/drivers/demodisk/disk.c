/* The demo disk: a queue of requests and nothing behind it. */
#include <linux/blkdev.h>
#include <linux/gfp.h>
#include <linux/module.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

struct demodisk_request {
	struct list_head list;
	sector_t sector;
	void *data;
};

struct demodisk_error {
	struct list_head list;
	sector_t sector;
	int error;
};

struct demodisk {
	spinlock_t lock;
	struct list_head queue;
	struct list_head errors;
	wait_queue_head_t room;
	struct kmem_cache *requests;
	unsigned int queued;
	unsigned int limit;
	bool stopped;
};

static void *demodisk_report;

static bool demodisk_full(struct demodisk *disk)
{
	return disk->queued >= disk->limit;
}

/* Takes a request; sleeps until there is room if the mask allows that. */
static struct demodisk_request *demodisk_get_request(struct demodisk *disk, gfp_t gfp)
{
	if (demodisk_full(disk)) {
		if (!(gfp & GFP_KERNEL))
			return NULL;
		wait_event(disk->room, !demodisk_full(disk));
	}
	return kmem_cache_zalloc(disk->requests, gfp);
}

static int demodisk_queue(struct demodisk *disk, sector_t sector, void *data, gfp_t gfp)
{
	struct demodisk_request *req;

	req = demodisk_get_request(disk, gfp);
	if (!req)
		return -ENOMEM;
	req->sector = sector;
	req->data = data;
	spin_lock_irq(&disk->lock);
	list_add_tail(&req->list, &disk->queue);
	disk->queued++;
	spin_unlock_irq(&disk->lock);
	return 0;
}

/* Called by the filesystem with its own mask. */
int demodisk_write(struct demodisk *disk, sector_t sector, void *data)
{
	return demodisk_queue(disk, sector, data, GFP_NOIO);
}

/* Called when user space opens the disk. */
int demodisk_probe_label(struct demodisk *disk, void *data)
{
	return demodisk_queue(disk, 0, data, GFP_KERNEL);
}

static struct demodisk_request *demodisk_copy(struct demodisk *disk, struct demodisk_request *req)
{
	struct demodisk_request *copy = kmem_cache_zalloc(disk->requests, GFP_KERNEL);

	if (copy) {
		copy->sector = req->sector;
		copy->data = req->data;
	}
	return copy;
}

/* Puts a second request for the same sector at the end of the queue. */
int demodisk_repeat(struct demodisk *disk, sector_t sector)
{
	struct demodisk_request *req;
	struct demodisk_request *copy = NULL;

	spin_lock_irq(&disk->lock);
	list_for_each_entry(req, &disk->queue, list) {
		if (req->sector == sector) {
			copy = demodisk_copy(disk, req);
			break;
		}
	}
	if (copy) {
		list_add_tail(&copy->list, &disk->queue);
		disk->queued++;
	}
	spin_unlock_irq(&disk->lock);
	return copy ? 0 : -ENOENT;
}

/* Called when a request ends, where nothing may sleep. */
void demodisk_note_error(struct demodisk *disk, struct demodisk_request *req, int error)
{
	struct demodisk_error *entry = kmalloc(sizeof(*entry), GFP_NOWAIT | __GFP_NOFAIL);

	entry->sector = req->sector;
	entry->error = error;
	list_add_tail(&entry->list, &disk->errors);
}

/* The same without the promise that nobody can keep. */
void demodisk_note_retry(struct demodisk *disk, struct demodisk_request *req)
{
	struct demodisk_error *entry = kmalloc(sizeof(*entry), GFP_NOWAIT);

	if (!entry)
		return;
	entry->sector = req->sector;
	entry->error = 0;
	list_add_tail(&entry->list, &disk->errors);
}

static int demodisk_drain(struct demodisk *disk)
{
	wait_event(disk->room, disk->queued == 0);
	return 0;
}

int demodisk_suspend(struct demodisk *disk)
{
	unsigned int noio = memalloc_noio_save();
	unsigned int noreclaim = memalloc_noreclaim_save();
	int ret;

	disk->stopped = true;
	ret = demodisk_drain(disk);
	memalloc_noio_restore(noio);
	memalloc_noreclaim_restore(noreclaim);
	return ret;
}

int demodisk_resume(struct demodisk *disk)
{
	unsigned int noio = memalloc_noio_save();
	int ret;

	ret = demodisk_drain(disk);
	if (ret)
		goto out;
	disk->stopped = false;
	wake_up_all(&disk->room);
out:
	memalloc_noio_restore(noio);
	return ret;
}

/* The button on the back: the rest of the machine may hang, a report must still be written. */
static int demodisk_nmi(unsigned int type, struct pt_regs *regs)
{
	demodisk_report = kmalloc(64, GFP_ATOMIC);
	return NMI_HANDLED;
}

int demodisk_watch(struct demodisk *disk)
{
	return register_nmi_handler(NMI_LOCAL, demodisk_nmi, 0, "demodisk");
}

struct demodisk_label {
	char text[32];
	u32 checksum;
};

/* Called when the module is loaded: there is time. */
static int __init demodisk_read_defaults(void)
{
	struct demodisk_label *label = kzalloc(sizeof(*label), GFP_ATOMIC);
	u32 *table = kcalloc(64, sizeof(*table), GFP_NOFS);

	if (!label || !table) {
		kfree(label);
		kfree(table);
		return -ENOMEM;
	}
	demodisk_report = label;
	kfree(table);
	return 0;
}
module_init(demodisk_read_defaults);
