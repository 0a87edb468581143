package org.gfplint.rules;

/** Progress that nobody watches. */
enum Silent implements Check.Progress {
  PROGRESS;

  @Override
  public void phase(String name, long total) {}

  @Override
  public void step() {}
}
