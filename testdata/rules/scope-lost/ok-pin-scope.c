/* kernel: 6.1 */

/* A PIN scope only keeps memory from being movable; the worker asks for none that is. */
static void demo_reg_work(struct work_struct *work)
{
	struct demo_mr *mr = container_of(work, struct demo_mr, work);

	mr->keys = kmalloc_array(mr->n, sizeof(u32), GFP_KERNEL);
	if (mr->keys)
		demo_register_keys(mr);
}

void demo_mr_setup(struct demo_mr *mr)
{
	INIT_WORK(&mr->work, demo_reg_work);
}

int demo_mr_pin(struct demo_mr *mr)
{
	unsigned int pin = memalloc_pin_save();
	int ret;

	queue_work(mr->wq, &mr->work);
	ret = demo_pin_pages(mr);
	flush_work(&mr->work);
	memalloc_pin_restore(pin);
	return ret;
}
