/* kernel: 6.1 */

/* Other words that are joined with a bar, and flags in text. */
#define DEMO_GFP_KERNEL 1
#define DEMO_GFP_NOFS 2

/* GFP_KERNEL | GFP_NOFS */
int demo_options(struct demo_opts *o)
{
	o->bits = DEMO_GFP_KERNEL | DEMO_GFP_NOFS;
	o->text = "GFP_KERNEL | GFP_NOFS";
	if (o->gfp == GFP_KERNEL || o->gfp == GFP_NOFS)
		return -EINVAL;
	return 0;
}

struct demo_flag_name {
	gfp_t mask;
	const char *name;
};

static const struct demo_flag_name demo_flag_names[] = {
	{ GFP_KERNEL, "GFP_KERNEL" },
	{ GFP_NOFS, "GFP_NOFS" },
	{ __GFP_NORETRY, "__GFP_NORETRY" },
};
