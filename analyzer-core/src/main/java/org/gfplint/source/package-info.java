/**
 * Kernel trees and their source files: which files are kernel code, which version they are, and how
 * their macros are rewritten so that a C parser understands them.
 */
package org.gfplint.source;
