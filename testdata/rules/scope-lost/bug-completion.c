/* kernel: 5.10 */

/* The wait is for a completion that the work signals. */
struct demo_alloc_args {
	struct work_struct work;
	struct completion *done;
	struct demo_mount *mp;
	int result;
};

static void demo_alloc_worker(struct work_struct *work)
{
	struct demo_alloc_args *args = container_of(work, struct demo_alloc_args, work);

	args->mp->cursor = kzalloc(256, GFP_KERNEL);
	args->result = args->mp->cursor ? demo_alloc_extent(args->mp) : -ENOMEM;
	complete(args->done);
}

int demo_alloc_blocks(struct demo_mount *mp, struct demo_alloc_args *args)
{
	DECLARE_COMPLETION_ONSTACK(done);
	unsigned int nofs = memalloc_nofs_save();

	args->mp = mp;
	args->done = &done;
	INIT_WORK_ONSTACK(&args->work, demo_alloc_worker);
	schedule_work(&args->work); /* expect: scope-lost */
	wait_for_completion(&done);
	destroy_work_on_stack(&args->work);
	memalloc_nofs_restore(nofs);
	return args->result;
}
