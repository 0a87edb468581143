/* Extended attributes and the digest that protects them. */
#include <linux/slab.h>
#include <linux/string.h>
#include "demofs.h"

struct demofs_digest *demofs_new_digest(const char *label)
{
	struct demofs_digest *digest;

	digest = kzalloc(sizeof(*digest), GFP_KERNEL);
	if (digest)
		digest->length = strlen(label);
	return digest;
}

int demofs_get_xattr(struct demofs_inode *inode, size_t len, char **value)
{
	*value = kmalloc(len, GFP_KERNEL | GFP_NOFS);
	if (!*value)
		return -ENOMEM;
	return strscpy(*value, inode->label, len);
}

/* The mask is the caller's, and only handed on. */
char *demofs_copy_label(struct demofs_inode *inode, gfp_t gfp)
{
	if (!gfpflags_allow_blocking(gfp))
		gfp |= __GFP_NOWARN;
	return kstrdup(inode->label, gfp);
}

struct demofs_digest *demofs_copy_digest(struct demofs_inode *inode, gfp_t gfp)
{
	return kmemdup(inode->digest, sizeof(*inode->digest), GFP_KERNEL);
}
