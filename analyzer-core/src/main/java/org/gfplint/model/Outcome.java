package org.gfplint.model;

import java.util.List;
import java.util.Set;

/**
 * What a request would do.
 *
 * @param requested the mask as written
 * @param effective the mask after the task scopes
 * @param internal requests made on the way
 * @param may what it may do, internal requests included
 * @param returns what it can return
 * @param warnings kernel warnings it can provoke
 * @param facts what all this rests on
 */
public record Outcome(
    GfpMask requested,
    GfpMask effective,
    List<InternalRequest> internal,
    Set<Effect> may,
    Returns returns,
    List<ModelWarning> warnings,
    List<Fact> facts) {}
