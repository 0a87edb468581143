/* kernel: 6.12 */

/* The end of an IO is an interrupt; a conversion record made there must not be lost. */
static struct demo_conv *demo_conv_get(struct demo_io *io)
{
	struct demo_conv *conv = kmem_cache_alloc(demo_conv_cache, GFP_NOWAIT);

	if (!conv)
		conv = kmem_cache_alloc(demo_conv_cache, GFP_ATOMIC | __GFP_NOFAIL); /* expect: nofail-nonblocking */
	conv->start = io->start;
	return conv;
}

static void demo_end_io(struct bio *bio)
{
	struct demo_io *io = bio->bi_private;

	list_add_tail(&demo_conv_get(io)->list, &io->convs);
	bio_put(bio);
}

void demo_submit(struct demo_io *io, struct bio *bio)
{
	bio->bi_private = io;
	bio->bi_end_io = demo_end_io;
	submit_bio(bio);
}
