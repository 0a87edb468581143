/**
 * From what would put a finding right to changes of the source's text. This is the one place behind
 * parsing that looks at text again, and only at what a rule has a remedy for.
 */
package org.gfplint.fix;
