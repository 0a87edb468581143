/* kernel: 6.1 */

/* xas_nomem() allocates after the unlock; the lock is taken again at the end of the turn. */
int demo_push_key(struct demo_cache *ent, void *key)
{
	XA_STATE(xas, &ent->keys, 0);
	void *curr;

	xa_lock_irq(&ent->keys);
	while (true) {
		xas_set(&xas, ent->reserved);
		curr = xas_load(&xas);
		xas_store(&xas, key);
		if (!xas_error(&xas) && !curr)
			break;
		xa_unlock_irq(&ent->keys);
		if (!xas_nomem(&xas, GFP_KERNEL))
			return xas_error(&xas);
		xa_lock_irq(&ent->keys);
	}
	ent->reserved++;
	xa_unlock_irq(&ent->keys);
	return 0;
}
