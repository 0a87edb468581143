/** Changes of a tree: what is staged, what lies between two revisions, what a patch does. */
package org.gfplint.change;
