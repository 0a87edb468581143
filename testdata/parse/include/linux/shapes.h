/* SPDX-License-Identifier: MIT */
#ifndef SHAPES_H
#define SHAPES_H

#define __shape_text __attribute__((__section__(".shape.text")))
#define shape_for_each(pos, head) \
	for (pos = (head)->first; pos; pos = pos->next)
#define SHAPE_HANDLER(name) static int name(struct shape *shape)

struct shape {
	struct shape *next;
	int (*area)(struct shape *shape);
};

int shape_area(struct shape *shape);

static inline struct shape *shape_next(struct shape *shape) /* begin: shape_next */
{
	return shape->next;
} /* end: shape_next */

#ifdef CONFIG_SHAPE_DEBUG
void shape_dump(struct shape *shape);
#else
static inline void shape_dump(struct shape *shape) { } /* begin: shape_dump */ /* end: shape_dump */
#endif

#endif
