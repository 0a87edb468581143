package org.gfplint.program;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.gfplint.facts.FactsCodec;
import org.gfplint.facts.FactsExtractor;
import org.gfplint.facts.FactsKey;
import org.gfplint.facts.FactsStore;
import org.gfplint.facts.FileFacts;
import org.gfplint.source.BeyondLimitException;
import org.gfplint.source.MacroDictionary;
import org.gfplint.source.MacroNormalizer;
import org.gfplint.source.SkippedFileException;
import org.gfplint.source.SourceBuffer;
import org.gfplint.source.SourceFile;

/** Takes facts from the store, or else extracts them. For one thread. */
final class FactsSource implements AutoCloseable {
  /**
   * Facts of a file.
   *
   * @param key what they go by in the store; empty without a store
   */
  record Found(Optional<FactsKey> key, byte[] packed, FileFacts facts) {}

  private final MacroDictionary dictionary;
  private final MacroNormalizer normalizer;
  private final Optional<FactsStore> store;

  /** Made when first needed: when nothing changed, the parser is not even loaded. */
  private FactsExtractor extractor;

  FactsSource(MacroDictionary dictionary, Optional<FactsStore> store) {
    this.dictionary = dictionary;
    this.normalizer = new MacroNormalizer(dictionary);
    this.store = store;
  }

  /**
   * Reads a file.
   *
   * @param buffer holds its text afterwards, normalised unless its facts were in the store
   * @throws SkippedFileException if it cannot be read, or not within bounds
   * @throws IllegalArgumentException if the store has facts that another build packed in its own
   *     way
   */
  Found read(SourceFile file, SourceBuffer buffer) throws SkippedFileException {
    file.read(buffer);
    try {
      return store.isPresent()
          ? readStored(store.get(), buffer)
          : extract(buffer, Optional.empty());
    } catch (BeyondLimitException e) {
      throw file.skip(e.getMessage());
    }
  }

  /** Facts that the store has under the key; empty if it has them no longer. */
  Optional<Found> stored(FactsKey key) {
    return store.flatMap(s -> s.get(key)).map(packed -> found(key, packed));
  }

  private Found readStored(FactsStore facts, SourceBuffer buffer) {
    FactsKey text = FactsKey.ofText(buffer.bytes(), buffer.length());
    FactsKey byDictionary = text.withDictionary(dictionary.fingerprint());
    OptionalLong macrosBefore = facts.macros(byDictionary);
    if (macrosBefore.isPresent()) {
      FactsKey key = text.withMacros(macrosBefore.getAsLong());
      Optional<byte[]> known = facts.get(key);
      if (known.isPresent()) {
        return found(key, known.get());
      }
    }
    byte[] original = Arrays.copyOf(buffer.bytes(), buffer.length());
    long macros = normalizer.normalize(buffer.bytes(), buffer.length());
    FactsKey key = text.withMacros(macros);
    if (macrosBefore.isEmpty()) {
      facts.putMacros(byDictionary, macros);
      Optional<byte[]> known = facts.get(key);
      if (known.isPresent()) {
        return found(key, known.get());
      }
    }
    Found found = extracted(buffer, original, Optional.of(key));
    facts.put(key, found.packed());
    return found;
  }

  private static Found found(FactsKey key, byte[] packed) {
    return new Found(Optional.of(key), packed, FactsCodec.decode(packed));
  }

  private Found extract(SourceBuffer buffer, Optional<FactsKey> key) {
    byte[] original = Arrays.copyOf(buffer.bytes(), buffer.length());
    normalizer.normalize(buffer.bytes(), buffer.length());
    return extracted(buffer, original, key);
  }

  private Found extracted(SourceBuffer buffer, byte[] original, Optional<FactsKey> key) {
    if (extractor == null) {
      extractor = new FactsExtractor();
    }
    FileFacts facts = extractor.extract(buffer.bytes(), buffer.length(), original);
    return new Found(key, FactsCodec.encode(facts), facts);
  }

  @Override
  public void close() {
    if (extractor != null) {
      extractor.close();
    }
  }
}
