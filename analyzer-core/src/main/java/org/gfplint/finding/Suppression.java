package org.gfplint.finding;

/**
 * A comment that says why a finding is none.
 *
 * @param reason what the comment says
 * @param place of the comment
 */
public record Suppression(String reason, Location place) {}
