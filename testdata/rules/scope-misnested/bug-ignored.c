/* kernel: 4.16 */

/* An ordinary function; its caller stays restricted for ever. */
int demo_ignored(struct demo_fs *fs)
{
	memalloc_nofs_save(); /* expect: scope-misnested */
	return demo_write(fs);
}

void demo_ignored_cast(struct demo_fs *fs)
{
	(void)memalloc_noreclaim_save(); /* expect: scope-misnested */
	demo_write(fs);
}
