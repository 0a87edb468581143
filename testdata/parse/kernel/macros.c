// SPDX-License-Identifier: MIT
#include <linux/shapes.h>

static int __init __shape_text annotated(void) /* begin: annotated */
{
	return 0;
} /* end: annotated */

static void iterates(struct shape *head) /* begin: iterates */
{
	struct shape *pos;

	shape_for_each(pos, head)
		shape_dump(pos);
	list_for_each_entry(pos, head, next) {
		shape_dump(pos);
	}
} /* end: iterates */

SYSCALL_DEFINE2(shape_move, struct shape __user *, shape, int, to) /* begin: __do_sys_shape_move */
{
	return to;
} /* end: __do_sys_shape_move */

SYSCALL_DEFINE0(shape_count) /* begin: __do_sys_shape_count */
{
	return 0;
} /* end: __do_sys_shape_count */

SHAPE_HANDLER(round) /* begin: round */
{
	return shape->area(shape);
} /* end: round */

int cut(struct shape *shape) /* begin: cut */
{
#ifdef CONFIG_SHAPE_CUT
	if (shape->next) {
#else
	if (shape) {
#endif
		return 1;
	}
	return 0;
} /* end: cut */

int by_name(struct shape *field) /* begin: by_name */
	__acquires(&field->lock)
{
	struct shape *outer = container_of(field, struct shape, next);

	return outer ? sizeof(struct shape) : 0;
} /* end: by_name */
EXPORT_SYMBOL(by_name);

static DEFINE_MUTEX(shape_mutex);
module_init(annotated);
