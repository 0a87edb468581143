package org.gfplint.flow;

import java.util.List;
import org.gfplint.facts.Expr;
import org.gfplint.model.AllocatorApi;

/**
 * A call of an allocator.
 *
 * @param block the block it stands in
 * @param visits the ways control gets there, as far as they differ
 */
record RequestSite(AllocatorApi api, Expr call, int block, List<Visit> visits) {
  /**
   * One way.
   *
   * @param mask what the mask can be
   * @param size in bytes, pages or order, as the API takes it
   */
  record Visit(Value mask, Value size, Surroundings surroundings) {}
}
