/* kernel: 6.1 */

/* Submitter and worker both keep a cookie in the same object, each in a field of its own. */
struct demo_job {
	struct work_struct work;
	unsigned int submit_flags;
	unsigned int work_flags;
};

static void demo_job_work(struct work_struct *work)
{
	struct demo_job *job = container_of(work, struct demo_job, work);

	job->work_flags = memalloc_noio_save();
	demo_job_run(job);
	memalloc_noio_restore(job->work_flags);
}

void demo_job_submit(struct demo_job *job)
{
	INIT_WORK(&job->work, demo_job_work);
	job->submit_flags = memalloc_nofs_save();
	demo_job_prepare(job);
	schedule_work(&job->work);
	memalloc_nofs_restore(job->submit_flags);
}
