package org.gfplint.model;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the evaluator asks the facts. The data must hold exactly one answer for every version; the
 * answers listed here are the ones the evaluator knows how to act on.
 */
enum Question {
  NOFS_SCOPE("scope.nofs", "absent", "clears-fs"),
  NOIO_SCOPE("scope.noio", "clears-io-and-fs"),
  PIN_SCOPE("scope.pin", "absent", "clears-movable"),
  NORECLAIM_SCOPE("scope.noreclaim", "reserves-without-reclaim"),
  SCOPE_RESTORE("scope.restore", "assigns-cookie", "clears-cookie-bits"),
  MAX_ORDER("page.max-order", "10"),
  TOO_LARGE("page.too-large", "warns-unless-nowarn"),
  NOFAIL_ORDER_WARNING("page.nofail-order-warning", "fast-path-buddy", "fast-path", "slow-path"),
  NOFAIL_COSTLY_WARNING("page.nofail-costly-warning", "silent", "warns", "warns-unless-nowarn"),
  NOFAIL_STRENGTH("page.nofail-strength", "fails-with-noretry-or-costly", "loops"),
  NOFAIL_NONBLOCKING("page.nofail-nonblocking", "warns", "warns-unless-nowarn"),
  NOFAIL_NORECLAIM("page.nofail-noreclaim", "warns", "warns-unless-nowarn"),
  OOM_GATES_BIND_NOFAIL("page.oom-gates-bind-nofail", "no", "yes"),
  ATOMIC_BIT("page.atomic-bit", "reserves", "ignored"),
  ATOMIC_BLOCKS("page.atomic-blocks", "warns", "silent"),
  LARGEST_SLAB_OBJECT("slab.largest-object-pages", "2"),
  SLAB_TOO_LARGE("slab.too-large", "null"),
  SLAB_BAD_ZONE("slab.bad-zone", "stripped-from-slabs", "stripped"),
  KVMALLOC_RESTRICTED(
      "kvmalloc.restricted-mask", "absent", "warns-and-falls-back", "kmalloc-only", "accepted"),
  KVMALLOC_NONBLOCKING("kvmalloc.nonblocking", "absent", "falls-back", "kmalloc-only", "accepted"),
  KVMALLOC_NOFAIL("kvmalloc.nofail", "absent", "stuck-in-kmalloc", "through-vmalloc"),
  KVMALLOC_FIRST_ATTEMPT("kvmalloc.first-attempt", "quiet"),
  KVMALLOC_INT_MAX("kvmalloc.int-max", "unchecked", "warns", "warns-unless-nowarn"),
  PAGE_TABLE_SCOPE(
      "vmalloc.page-table-scope", "none", "by-mask-shape", "by-mask-shape-and-blocking"),
  /** Answered by a mask expression. */
  PAGE_TABLE_MASK("vmalloc.page-table-mask"),
  VMALLOC_NONBLOCKING("vmalloc.nonblocking", "sleeps", "honoured"),
  VMALLOC_HIGHMEM("vmalloc.data-highmem", "no", "yes"),
  VMALLOC_NOFAIL("vmalloc.nofail", "lost", "until-fatal-signal", "supported"),
  VMALLOC_ZERO_SIZE("vmalloc.zero-size", "reports", "warns"),
  PERCPU_ATOMIC_MODE(
      "percpu.atomic-mode", "lacks-kernel-bits", "lacks-kernel-bits-after-scope", "cannot-block"),
  PERCPU_BAD_SIZE("percpu.bad-size", "warns-unless-nowarn"),
  PERCPU_POPULATE("percpu.populate", "kernel", "caller");

  private static final Map<String, Question> BY_KEY =
      Stream.of(values()).collect(Collectors.toMap(Question::key, Function.identity()));

  private final String key;
  private final List<String> answers;

  Question(String key, String... answers) {
    this.key = key;
    this.answers = List.of(answers);
  }

  String key() {
    return key;
  }

  boolean accepts(String answer) {
    return answers.isEmpty() || answers.contains(answer);
  }

  List<String> answers() {
    return answers;
  }

  /** Null if there is no such question. */
  static Question of(String key) {
    return BY_KEY.get(key);
  }
}
