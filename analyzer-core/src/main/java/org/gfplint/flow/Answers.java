package org.gfplint.flow;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a search down the calls found below its questions, each looked into once. That nothing was
 * found holds only from that depth on if calls were passed over, for being too deep or because they
 * were being looked into: by a shorter way there may be something. For one thread.
 */
final class Answers<Q, A> {
  /** What was found, or nothing for sure from a depth on. */
  private record Answer<A>(A found, int from) {}

  private final A nothing;
  private final int maxDepth;
  private final Map<Q, Answer<A>> known = new HashMap<>();
  private boolean passedOver;

  Answers(A nothing, int maxDepth) {
    this.nothing = nothing;
    this.maxDepth = maxDepth;
  }

  /**
   * The answer to a question.
   *
   * @param depth calls from where the search began
   * @param look finds it if it is not known
   */
  A find(Q question, int depth, Supplier<A> look) {
    Answer<A> before = known.get(question);
    if (before != null && (!before.found.equals(nothing) || depth >= before.from)) {
      passedOver |= before.found.equals(nothing) && before.from > 0;
      return before.found;
    }
    if (depth > maxDepth) {
      passOver();
      return nothing;
    }
    boolean outside = passedOver;
    passedOver = false;
    known.put(question, new Answer<>(nothing, Math.max(1, depth)));
    A found = look.get();
    known.put(question, new Answer<>(found, passedOver ? depth : 0));
    passedOver |= outside;
    return found;
  }

  /** Notes that a call was not followed for being too deep. */
  void passOver() {
    passedOver = true;
  }
}
