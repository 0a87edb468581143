/* kernel: 6.12 */

int demo_control(struct demo_dev *dev, unsigned int cmd)
{
	unsigned int nofs = memalloc_nofs_save();
	int ret = 0;

	switch (cmd) {
	case 1:
		ret = demo_start(dev);
		break;
	case 2:
		ret = demo_stop(dev);
		break;
	default:
		return -ENOTTY; /* expect: scope-unbalanced */
	}
	memalloc_nofs_restore(nofs);
	return ret;
}
