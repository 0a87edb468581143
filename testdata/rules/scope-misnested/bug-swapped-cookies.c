/* kernel: 6.12 */

/* Right order of functions, wrong variables. */
void demo_swapped(struct demo_dev *dev)
{
	unsigned int nofs_flag = memalloc_nofs_save();
	unsigned int noreclaim_flag = memalloc_noreclaim_save();

	demo_write_all(dev);
	memalloc_noreclaim_restore(nofs_flag); /* expect: scope-misnested */
	memalloc_nofs_restore(noreclaim_flag); /* expect: scope-misnested */
}
