// SPDX-License-Identifier: MIT
#include <linux/shapes.h>

int first(void) /* begin: first */
{
	return 1;
} /* end: first */

static const char *
on_a_line_of_its_own(int a, /* begin: on_a_line_of_its_own */
		     int b)
{
	const char *brace = "}";

	if (a) {
		b = '{';
	}
	/* } */
	return brace + b;
} /* end: on_a_line_of_its_own */

static int one_line(int a) { return a + 1; } /* begin: one_line */ /* end: one_line */

int (*returns_a_function(int which))(int) /* begin: returns_a_function */
{
	return which ? one_line : 0;
} /* end: returns_a_function */

int declared_only(int);
struct shape table = {
	.area = shape_area,
};

int old_style(a, b) /* begin: old_style */
	int a;
	char *b;
{
	return a;
} /* end: old_style */

static void labels(struct shape *shape) /* begin: labels */
{
again:
	switch (shape->area(shape)) {
	case 0 ... 9:
		goto again;
	default:
		break;
	}
} /* end: labels */

#ifdef CONFIG_SHAPE_A
int either(int a) /* begin: either */
{
	return a;
} /* end: either */
#else
int either(int a) /* begin: either */
{
	return -a;
} /* end: either */
#endif
