/* kernel: 6.1 */

/* The helper finds the object and returns with its lock held; the caller allocates before it unlocks. */
static struct demo_session *demo_get_locked(struct demo_host *host, u32 id)
	__acquires(&host->lock)
{
	struct demo_session *s;

	spin_lock(&host->lock);
	list_for_each_entry(s, &host->sessions, list) {
		if (s->id == id)
			return s;
	}
	spin_unlock(&host->lock);
	return NULL;
}

int demo_session_rename(struct demo_host *host, u32 id, const char *name)
{
	struct demo_session *s = demo_get_locked(host, id);

	if (!s)
		return -ENOENT;
	kfree(s->name);
	s->name = kstrdup(name, GFP_KERNEL); /* expect: sleep-in-atomic */
	spin_unlock(&host->lock);
	return 0;
}
