/* kernel: 6.1 */

/* The mask is adjusted first; between save and restore nobody touches it. */
void *demo_fill_area(struct demo_area *area, gfp_t gfp_mask)
{
	bool nofail = gfp_mask & __GFP_NOFAIL;
	unsigned int flags;
	int ret;

	gfp_mask |= __GFP_NOWARN;
	if (!(gfp_mask & __GFP_DMA))
		gfp_mask |= __GFP_HIGHMEM;
	if (!area->pages) {
		demo_free_area(area);
		return NULL;
	}
	if (area->accounted)
		demo_account(area);
	if (area->count != area->wanted)
		goto fail;

	if ((gfp_mask & (__GFP_FS | __GFP_IO)) == __GFP_IO)
		flags = memalloc_nofs_save();
	else if ((gfp_mask & (__GFP_FS | __GFP_IO)) == 0)
		flags = memalloc_noio_save();

	do {
		ret = demo_map(area);
		if (nofail && ret < 0)
			demo_wait(area);
	} while (nofail && ret < 0);

	if ((gfp_mask & (__GFP_FS | __GFP_IO)) == __GFP_IO)
		memalloc_nofs_restore(flags);
	else if ((gfp_mask & (__GFP_FS | __GFP_IO)) == 0)
		memalloc_noio_restore(flags);

	if (ret < 0)
		goto fail;
	return area->addr;

fail:
	demo_free_area(area);
	return NULL;
}
