/* SPDX-License-Identifier: MIT */
#define SHAPE_REG_CONTROL	0x0010
#define SHAPE_REG_STATUS	0x0014
#define SHAPE_REG_MASK(n)	(0x0100 + 4 * (n))
