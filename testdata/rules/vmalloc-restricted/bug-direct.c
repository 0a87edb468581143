/* kernel: 4.16 */
#include <linux/vmalloc.h>

void *demo_read_leaf(struct demo_inode *ip, unsigned int len)
{
	void *hash;

	hash = __vmalloc(len, GFP_NOFS, PAGE_KERNEL); /* expect: vmalloc-restricted */
	if (!hash)
		return ERR_PTR(-ENOMEM);
	if (demo_fill(ip, hash, len)) {
		vfree(hash);
		return ERR_PTR(-EIO);
	}
	return hash;
}

int demo_scan(struct demo_volume *vol)
{
	void *buf, *p;

	buf = p = __vmalloc(vol->leb_size, GFP_NOFS, PAGE_KERNEL); /* expect: vmalloc-restricted */
	if (!buf)
		return 0;
	demo_scan_buf(vol, p);
	vfree(buf);
	return 0;
}
