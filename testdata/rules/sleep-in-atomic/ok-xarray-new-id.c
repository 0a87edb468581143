/* kernel: 6.1 */

/* A new identifier under the array's lock: the lock is dropped while a node is allocated. */
int demo_add_client(struct demo_clients *clients, struct demo_client *client)
{
	int ret;

	xa_lock_irq(&clients->xarray);
	ret = __xa_alloc_cyclic(&clients->xarray, &client->id, client, xa_limit_32b,
				&clients->next_id, GFP_KERNEL);
	xa_unlock_irq(&clients->xarray);
	return ret < 0 ? ret : 0;
}
