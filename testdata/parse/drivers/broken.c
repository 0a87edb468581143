// SPDX-License-Identifier: MIT
int before(int a) /* begin: before */
{
	return a;
} /* end: before */

int broken(int a) /* begin: broken */ /* error */
{
	return a + * ;
} /* end: broken */

int after(int a) /* begin: after */
{
	return a;
} /* end: after */
