/* kernel: 6.1 */

/* A list of packets, some of which run with the reserves: entered and left as the kind changes. */
void demo_receive_list(struct list_head *head)
{
	unsigned int noreclaim_flag = 0;
	struct demo_packet *p, *next;
	bool reserves = false;

	list_for_each_entry_safe(p, next, head, list) {
		if (demo_uses_reserves(p) != reserves) {
			demo_flush_before(head, p);
			reserves = !reserves;
			if (reserves)
				noreclaim_flag = memalloc_noreclaim_save();
			else
				memalloc_noreclaim_restore(noreclaim_flag);
		}
	}
	if (!list_empty(head))
		demo_flush(head, reserves);
	if (reserves)
		memalloc_noreclaim_restore(noreclaim_flag);
}
