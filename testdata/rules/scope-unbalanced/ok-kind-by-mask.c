/* kernel: 6.1 */

/* The mask decides which scope is opened, if any, and the same tests close it. */
int demo_map_pages(struct demo_area *area, gfp_t gfp_mask)
{
	unsigned int flags;
	int ret;

	if ((gfp_mask & (__GFP_FS | __GFP_IO)) == __GFP_IO)
		flags = memalloc_nofs_save();
	else if ((gfp_mask & (__GFP_FS | __GFP_IO)) == 0)
		flags = memalloc_noio_save();

	do {
		ret = demo_map(area);
	} while ((gfp_mask & __GFP_NOFAIL) && ret < 0);

	if ((gfp_mask & (__GFP_FS | __GFP_IO)) == __GFP_IO)
		memalloc_nofs_restore(flags);
	else if ((gfp_mask & (__GFP_FS | __GFP_IO)) == 0)
		memalloc_noio_restore(flags);

	if (ret < 0)
		return -ENOMEM;
	return 0;
}
