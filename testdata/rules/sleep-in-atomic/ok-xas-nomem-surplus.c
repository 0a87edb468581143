/* kernel: 6.12 */

/* With nothing missing, xas_nomem() frees what an earlier attempt left over. */
int demo_store_all(struct demo_set *set, unsigned long n, gfp_t gfp)
{
	XA_STATE(xas, &set->xa, 0);
	unsigned long flags;

	xas_lock_irqsave(&xas, flags);
	while (n--) {
		xas_set(&xas, n);
retry:
		xas_store(&xas, set->items[n]);
		if (xas_error(&xas) == -ENOMEM) {
			xas_unlock_irqrestore(&xas, flags);
			if (xas_nomem(&xas, gfp))
				xas_set_err(&xas, 0);
			xas_lock_irqsave(&xas, flags);
			goto retry;
		}
	}
	if (xas.xa_alloc)
		xas_nomem(&xas, gfp);
	xas_unlock_irqrestore(&xas, flags);
	return xas_error(&xas);
}

int demo_store_slowly(struct demo_set *set, unsigned long n)
{
	return demo_store_all(set, n, GFP_KERNEL);
}
