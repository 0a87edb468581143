package org.gfplint.program;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.gfplint.facts.FactsCodec;
import org.gfplint.facts.FactsExtractor;
import org.gfplint.facts.FactsKey;
import org.gfplint.facts.FactsStore;
import org.gfplint.source.MacroDictionary;
import org.gfplint.source.MacroNormalizer;
import org.gfplint.source.SourceBuffer;

/** Takes facts from the store, or else extracts them. For one thread. */
final class FactsSource implements AutoCloseable {
  /** Packed facts of a file and the key they go by. */
  record Found(FactsKey key, byte[] packed) {}

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

  /** Facts of the file in the buffer. */
  Found read(SourceBuffer buffer) {
    int length = buffer.length();
    FactsKey text = FactsKey.ofText(buffer.bytes(), length);
    FactsKey byDictionary = text.withDictionary(dictionary.fingerprint());
    OptionalLong macrosBefore = store.map(s -> s.macros(byDictionary)).orElse(OptionalLong.empty());
    if (macrosBefore.isPresent()) {
      FactsKey key = text.withMacros(macrosBefore.getAsLong());
      Optional<byte[]> known = store.get().get(key);
      if (known.isPresent()) {
        return new Found(key, known.get());
      }
    }
    byte[] original = Arrays.copyOf(buffer.bytes(), length);
    long macros = normalizer.normalize(buffer.bytes(), length);
    FactsKey key = text.withMacros(macros);
    if (macrosBefore.isEmpty()) {
      store.ifPresent(s -> s.putMacros(byDictionary, macros));
      Optional<byte[]> known = store.flatMap(s -> s.get(key));
      if (known.isPresent()) {
        return new Found(key, known.get());
      }
    }
    if (extractor == null) {
      extractor = new FactsExtractor();
    }
    byte[] packed = FactsCodec.encode(extractor.extract(buffer.bytes(), length, original));
    store.ifPresent(s -> s.put(key, packed));
    return new Found(key, packed);
  }

  @Override
  public void close() {
    if (extractor != null) {
      extractor.close();
    }
  }
}
