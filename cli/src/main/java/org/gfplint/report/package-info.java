/** Writes the findings of a run in the forms people and machines read. */
package org.gfplint.report;
