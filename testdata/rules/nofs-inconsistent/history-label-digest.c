/* kernel: 4.10 */

/*
 * A security label is made while the filesystem holds a transaction. Its
 * memory is asked for with care, the digest's state below is not.
 */
static struct demo_desc *demo_init_desc(struct demo_tfm *tfm)
{
	struct demo_desc *desc;

	desc = kmalloc(sizeof(*desc) + tfm->size, /* expect: nofs-inconsistent */
		       GFP_KERNEL);
	if (!desc)
		return ERR_PTR(-ENOMEM);
	desc->tfm = tfm;
	return desc;
}

static int demo_init_hmac(struct demo_tfm *tfm, const char *value, u8 *digest)
{
	struct demo_desc *desc = demo_init_desc(tfm);

	if (IS_ERR(desc))
		return PTR_ERR(desc);
	demo_digest(desc, value, digest);
	kfree(desc);
	return 0;
}

int demo_inode_init_security(struct demo_inode *inode, struct demo_xattr *xattr)
{
	struct demo_label *label;
	int rc;

	label = kzalloc(sizeof(*label), GFP_NOFS);
	if (!label)
		return -ENOMEM;
	rc = demo_init_hmac(inode->tfm, xattr->value, label->digest);
	if (rc < 0) {
		kfree(label);
		return rc;
	}
	xattr->label = label;
	return 0;
}
