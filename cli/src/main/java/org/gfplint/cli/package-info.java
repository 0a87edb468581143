/** The command line: what a person types, and what the exit status says. */
package org.gfplint.cli;
