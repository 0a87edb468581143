/* kernel: 5.17 */

/* begin() and end() were written at different times: NOFS is saved, NOIO restored. */
struct demo_xact {
	unsigned int cookie;
	struct demo_journal *journal;
};

void demo_xact_begin(struct demo_xact *x)
{
	down_read(&x->journal->barrier);
	x->cookie = memalloc_nofs_save();
}

void demo_xact_end(struct demo_xact *x)
{
	memalloc_noio_restore(x->cookie); /* expect: scope-misnested */
	up_read(&x->journal->barrier);
}

int demo_xact_run(struct demo_xact *x, struct demo_op *op)
{
	int ret;

	demo_xact_begin(x);
	ret = demo_apply(op);
	demo_xact_end(x);
	return ret;
}
