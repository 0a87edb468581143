package org.gfplint.rules;

import org.gfplint.finding.Level;

/**
 * What is known of a rule without running it.
 *
 * @param id stable and never reused, as in "GFP101"
 * @param name the bad pattern in kernel style, as in "vmalloc-restricted"
 * @param level the level findings have unless the rule says otherwise
 * @param summary one line without a final period
 */
public record RuleInfo(String id, String name, Level level, String summary) {}
