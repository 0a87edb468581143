package org.gfplint.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gfplint.facts.FactsKey;
import org.gfplint.facts.FactsStore;
import org.gfplint.model.KernelVersion;

/**
 * Results of earlier runs over whole trees, by everything that they depend on: the facts of every
 * file, the version judged by, the rules, and this build.
 */
final class KnownResults {
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

  private final FactsStore store;
  private final String terms;

  KnownResults(FactsStore store, Check.Request request, KernelVersion version, List<Rule> rules) {
    this.store = store;
    this.terms =
        String.join(
            " ",
            build(),
            version.toString(),
            request.realtime() ? "realtime" : "",
            request.additions().toString(),
            String.join(",", rules.stream().map(r -> r.info().id()).toList()));
  }

  /** The result of a run over the same files, if one is known. */
  Optional<Check.Result> find(Map<String, FactsKey> files) {
    return store
        .get(key(files))
        .flatMap(
            json -> {
              try {
                return Optional.of(JSON.readValue(json, Check.Result.class));
              } catch (IOException e) {
                // As if it were not there.
                return Optional.empty();
              }
            });
  }

  /** Keeps the result of a run. */
  void keep(Map<String, FactsKey> files, Check.Result result) {
    try {
      store.put(key(files), JSON.writeValueAsBytes(result));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result cannot be written as JSON", e);
    }
  }

  private FactsKey key(Map<String, FactsKey> files) {
    return FactsKey.ofFiles(new TreeMap<>(files), terms);
  }

  /** Digest of the sources that decide what a result is, which the build leaves as a resource. */
  private static String build() {
    try (InputStream digest = KnownResults.class.getResourceAsStream("analysis.digest")) {
      if (digest == null) {
        throw new IllegalStateException("this build of gfplint lacks analysis.digest");
      }
      return new String(digest.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException("this build of gfplint cannot be read", e);
    }
  }
}
