/* kernel: 5.17 */

/*
 * An object is made in a scope; somebody else was faster, the object is put
 * and the function returns, with the scope open for the rest of the task's life.
 */
void demo_sysfs_add_type(struct demo_info *info, u64 flags)
{
	struct demo_kobj *rkobj;
	unsigned int nofs_flag;
	int ret;

	nofs_flag = memalloc_nofs_save();
	rkobj = demo_new_kobj(flags);
	if (!rkobj) {
		memalloc_nofs_restore(nofs_flag);
		demo_warn(info, "no memory for sysfs");
		return;
	}
	spin_lock(&info->lock);
	if (info->kobjs[flags]) {
		spin_unlock(&info->lock);
		kobject_put(&rkobj->kobj);
		return; /* expect: scope-unbalanced */
	}
	info->kobjs[flags] = rkobj;
	spin_unlock(&info->lock);
	ret = demo_kobject_add(&rkobj->kobj);
	memalloc_nofs_restore(nofs_flag);
	if (ret)
		kobject_put(&rkobj->kobj);
}
