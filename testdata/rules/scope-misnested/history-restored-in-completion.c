/* kernel: 5.17 */

/*
 * A request carries the submitter's cookie to where it completes, which is an
 * interrupt on whatever task runs there.
 */
struct demo_req {
	struct bio *bio;
	unsigned int noio;
	struct demo_dev *dev;
};

static void demo_req_endio(struct bio *bio)
{
	struct demo_req *req = bio->bi_private;

	memalloc_noio_restore(req->noio); /* expect: scope-misnested */
	demo_dec_pending(req->dev);
	bio_put(bio);
}

void demo_req_submit(struct demo_req *req)
{
	req->bio->bi_end_io = demo_req_endio;
	req->bio->bi_private = req;
	req->noio = memalloc_noio_save();
	demo_inc_pending(req->dev);
	submit_bio(req->bio);
}
