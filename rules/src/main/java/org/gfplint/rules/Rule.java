package org.gfplint.rules;

/** One kind of misuse. Rules hold no version number and no flag logic: the model decides. */
public interface Rule {
  RuleInfo info();
}
