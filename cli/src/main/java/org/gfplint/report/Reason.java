package org.gfplint.report;

import org.gfplint.model.Fact;

/** A fact as reports quote it. */
public final class Reason {
  private Reason() {}

  /** The sentence without its period, then the versions and the place in the kernel's source. */
  public static String of(Fact fact) {
    return of(fact.sentence(), fact.range(), fact.source());
  }

  /** The same of a fact's parts. */
  public static String of(String sentence, String versions, String source) {
    String clause =
        sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    return clause + " (" + versions + ", " + source + ")";
  }
}
