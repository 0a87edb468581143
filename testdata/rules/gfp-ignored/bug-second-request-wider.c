/* kernel: 5.10 */

/* The first request does as it is told, the second forgets. */
struct demo_req *demo_req_alloc(struct demo_tfm *tfm, unsigned int n, gfp_t flags)
{
	struct demo_req *req = kmalloc(sizeof(*req), flags);

	if (!req)
		return NULL;
	req->vec = kcalloc(n, sizeof(*req->vec), GFP_KERNEL); /* expect: gfp-ignored */
	if (!req->vec) {
		kfree(req);
		return NULL;
	}
	return req;
}

int demo_table_resize(struct demo_table *t, size_t len, gfp_t gfp_mask)
{
	void *fresh = vzalloc(len); /* expect: gfp-ignored */

	if (!fresh)
		return -ENOMEM;
	t->spare = kmalloc(64, gfp_mask);
	return demo_switch(t, fresh);
}
