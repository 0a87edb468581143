/* kernel: 5.17 */

/* Under the lock of the submission path every request is GFP_NOIO or comes from a NOIO scope. */
struct demo_blk {
	struct mutex map_lock;
	struct gendisk *disk;
	void *map;
	void *log;
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
	blk->disk->fops = &demo_fops;
	blk->disk->private_data = blk;
}

int demo_blk_resize(struct demo_blk *blk, size_t len)
{
	unsigned int noio;

	mutex_lock(&blk->map_lock);
	blk->log = kmalloc(64, GFP_NOIO);
	noio = memalloc_noio_save();
	blk->map = kvmalloc(len, GFP_KERNEL); /* expect: scope-implicit */
	memalloc_noio_restore(noio);
	mutex_unlock(&blk->map_lock);
	return blk->map ? 0 : -ENOMEM;
}
