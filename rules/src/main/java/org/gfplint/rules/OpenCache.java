package org.gfplint.rules;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.gfplint.facts.FactsStore;

/**
 * The facts store of a run, if it has one; closed with the run's reading.
 *
 * @param warn told in one line what is wrong with what is kept
 */
record OpenCache(Optional<FactsStore> store, Consumer<String> warn) implements AutoCloseable {
  /**
   * Opens the store in a directory.
   *
   * @param warn told at most once, in one line, what is wrong with it
   */
  static OpenCache of(Optional<Path> directory, Consumer<String> warn) {
    return new OpenCache(
        directory.map(d -> FactsStore.open(FactsStore.Settings.in(d), warn)), warn);
  }

  @Override
  public void close() {
    store.ifPresent(FactsStore::close);
  }
}
