/* kernel: 6.1 */

/* A reader of a seqlock holds nothing; at worst it goes round once more. */
int demo_read_clock(struct demo_dev *dev)
{
	unsigned int seq;
	u64 t;

	do {
		seq = read_seqbegin(&dev->seqlock);
		t = dev->time;
		dev->copy = kmalloc(16, GFP_KERNEL);
	} while (read_seqretry(&dev->seqlock, seq));
	return t != 0;
}
