/* kernel: 4.10 */

/* A creation flag turns into a mask that travels through parameters into vmalloc. */
static int demo_create_common(struct demo_qp *qp, gfp_t gfp)
{
	qp->sq_wrid = kmalloc_array(qp->sq_cnt, sizeof(u64), gfp | __GFP_NOWARN);
	if (!qp->sq_wrid)
		qp->sq_wrid = __vmalloc(qp->sq_cnt * sizeof(u64), gfp, PAGE_KERNEL);
	return qp->sq_wrid ? 0 : -ENOMEM;
}

int demo_create_qp(struct demo_qp *qp, u32 create_flags)
{
	gfp_t gfp;

	gfp = (create_flags & DEMO_CREATE_USE_NOIO) ?
		GFP_NOIO : GFP_KERNEL;
	return demo_create_common(qp, gfp); /* expect: vmalloc-restricted */
}
