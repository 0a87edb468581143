/* kernel: 6.1 */

/*
 * The scope was added around an allocation that said GFP_NOFS before, because
 * a function called later could not be told; the mask stayed.
 */
int demo_sysfs_add_profile(struct demo_info *info, u64 flags)
{
	struct demo_raid_kobj *rkobj;
	unsigned int nofs_flag;
	int ret;

	nofs_flag = memalloc_nofs_save();
	rkobj = kzalloc(sizeof(*rkobj), GFP_NOFS); /* expect: scope-redundant */
	if (!rkobj) {
		memalloc_nofs_restore(nofs_flag);
		demo_warn(info, "couldn't alloc kobject");
		return -ENOMEM;
	}
	rkobj->flags = flags;
	ret = demo_kobject_add(&rkobj->kobj, info->kobj, demo_profile_name(flags));
	memalloc_nofs_restore(nofs_flag);
	if (ret)
		kfree(rkobj);
	return ret;
}
