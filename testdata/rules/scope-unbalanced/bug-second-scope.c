/* kernel: 6.1 */

/* The first scope is closed everywhere, the second is forgotten when it goes wrong. */
int demo_two(struct demo_fs *fs)
{
	unsigned int nofs, pin;
	int ret;

	nofs = memalloc_nofs_save();
	ret = demo_step(fs, 1);
	memalloc_nofs_restore(nofs);
	if (ret)
		return ret;
	pin = memalloc_pin_save();
	ret = demo_step(fs, 2);
	if (ret)
		return ret; /* expect: scope-unbalanced */
	memalloc_pin_restore(pin);
	return 0;
}
