/* kernel: 5.17 */

/*
 * Reclaim writes pages to the device: the lock of its submission path must not
 * be held over a request that may start IO. GFP_NOFS still may; GFP_NOIO does not.
 */
struct demo_blk {
	struct mutex map_lock;
	struct gendisk *disk;
	void *map;
	void *journal;
	void *spare;
};

static void demo_submit_bio(struct bio *bio)
{
	struct demo_blk *blk = bio->bi_bdev->bd_disk->private_data;

	mutex_lock(&blk->map_lock);
	demo_remap(blk, bio);
	mutex_unlock(&blk->map_lock);
	submit_bio_noacct(bio);
}

static const struct block_device_operations demo_fops = {
	.submit_bio = demo_submit_bio,
};

void demo_blk_init(struct demo_blk *blk)
{
	mutex_init(&blk->map_lock);
	blk->disk->fops = &demo_fops;
	blk->disk->private_data = blk;
}

int demo_blk_resize(struct demo_blk *blk, size_t len)
{
	mutex_lock(&blk->map_lock);
	blk->map = kvmalloc(len, GFP_KERNEL); /* expect: reclaim-deadlock (medium) */
	blk->journal = kmalloc(64, GFP_NOFS); /* expect: reclaim-deadlock (medium) */
	blk->spare = kmalloc(64, GFP_NOIO);
	mutex_unlock(&blk->map_lock);
	return blk->map ? 0 : -ENOMEM;
}
