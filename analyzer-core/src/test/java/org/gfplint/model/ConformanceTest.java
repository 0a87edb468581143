package org.gfplint.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays what real kernels did, see testdata/oracle/README.md. */
class ConformanceTest {
  private static final Path ORACLE =
      Path.of(System.getProperty("gfplint.testdata")).resolve("oracle");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern STEP =
      Pattern.compile("(?:(\\w+) = )?(nofs|noio|noreclaim)_(save|restore)\\((\\w*)\\)");

  /** Observed function that stands for the one in the source, because the compiler inlined it. */
  private static final Map<String, String> INLINED = Map.of("get_page_from_freelist", "rmqueue");

  /** The stored recordings, and fresh ones in the directory {@code -Dgfplint.oracle=DIR}. */
  static List<Recording> recordings() throws IOException {
    List<Recording> recordings = new ArrayList<>();
    recordings.add(new Recording(ORACLE.resolve("6.1.jsonl.gz"), "6.1.192", 3008));
    recordings.add(new Recording(ORACLE.resolve("6.12.jsonl.gz"), "6.12.117", 3008));
    String fresh = System.getProperty("gfplint.oracle");
    if (fresh != null) {
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(Path.of(fresh), "*.{jsonl,jsonl.gz}")) {
        for (Path file : files) {
          List<JsonNode> rows = rows(file);
          assertThat(rows).as(file.toString()).isNotEmpty();
          String version = rows.get(0).get("kernel").asText().replaceFirst("-.*", "");
          recordings.add(new Recording(file, version, rows.size()));
        }
      }
      assertThat(recordings).as("fresh recordings in " + fresh).hasSizeGreaterThan(2);
    }
    return recordings;
  }

  private record Recording(Path file, String version, int observations) {
    boolean isStored() {
      return file.startsWith(ORACLE);
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void theModelAgreesWithWhatTheKernelDid(Recording recording) throws IOException {
    String version = recording.version();
    AllocatorModel model = AllocatorModel.forVersion(KernelVersion.parse(version));
    Set<String> listed = listedDifferences(version);
    List<String> unlisted = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    int count = 0;
    for (JsonNode row : rows(recording.file())) {
      count++;
      List<String> differences =
          row.get("api").asText().equals("scope_seq")
              ? replaySequence(model, row)
              : new Replay(model, row).differences();
      for (String difference : differences) {
        String key = key(row, difference);
        if (listed.contains(key)) {
          seen.add(key);
        } else {
          unlisted.add(key + "\n    " + row);
        }
      }
    }
    assertThat(count).isEqualTo(recording.observations());
    assertThat(unlisted).isEmpty();
    if (recording.isStored()) {
      assertThat(seen).as("listed differences that no longer differ").isEqualTo(listed);
    }
  }

  private static String key(JsonNode row, String difference) {
    return String.join(
        ",",
        row.get("api").asText(),
        row.path("size_or_order").asText(),
        row.path("requested").asText(),
        row.get("scope").asText(),
        row.path("injected").asText(),
        difference.substring(0, difference.indexOf(':')));
  }

  private static Set<String> listedDifferences(String version) throws IOException {
    Set<String> listed = new TreeSet<>();
    for (String line : Files.readAllLines(ORACLE.resolve("differences.csv"))) {
      String[] fields = line.split(",", -1);
      if (!line.startsWith("#") && fields[0].equals(version)) {
        assertThat(fields).as(line).hasSize(8);
        assertThat(fields[7]).as("reason in " + line).isNotBlank();
        listed.add(String.join(",", Arrays.copyOfRange(fields, 1, 7)));
      }
    }
    return listed;
  }

  private static List<JsonNode> rows(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    try (InputStream stored = Files.newInputStream(file);
        InputStream bytes = file.toString().endsWith(".gz") ? new GZIPInputStream(stored) : stored;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        rows.add(JSON.readTree(line));
      }
    }
    return rows;
  }

  private static List<String> replaySequence(AllocatorModel model, JsonNode row) {
    List<String> differences = new ArrayList<>();
    Map<String, Set<ScopeKind>> cookies = new HashMap<>();
    cookies.put("0", EnumSet.noneOf(ScopeKind.class));
    cookies.put("PF_MEMALLOC_NOFS", EnumSet.of(ScopeKind.NOFS));
    Set<ScopeKind> open = EnumSet.noneOf(ScopeKind.class);
    for (JsonNode step : row.get("steps")) {
      Matcher matcher = STEP.matcher(step.get(0).asText());
      assertThat(matcher.matches()).as(step.toString()).isTrue();
      ScopeKind kind = ScopeKind.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
      if (matcher.group(3).equals("save")) {
        ScopeSave saved = model.save(open, kind);
        open = saved.open();
        cookies.put(matcher.group(1), saved.cookie());
      } else {
        assertThat(cookies).containsKey(matcher.group(4));
        open = model.restore(open, kind, cookies.get(matcher.group(4)));
      }
      if (!taskFlags(open).equals(new TreeSet<>(List.of(step.get(1).asText().split("\\|"))))) {
        differences.add("step: " + step + " but the model has " + open);
      }
    }
    return differences;
  }

  /** Task flags as the observations spell them. */
  private static Set<String> taskFlags(Set<ScopeKind> open) {
    Set<String> flags = new TreeSet<>();
    for (ScopeKind kind : open) {
      flags.add(kind == ScopeKind.NORECLAIM ? "MEMALLOC" : kind.name());
    }
    return flags.isEmpty() ? Set.of("-") : flags;
  }

  /** One observation against the model's answer. */
  private static final class Replay {
    private final AllocatorModel model;
    private final JsonNode row;
    private final AllocationRequest request;
    private final ExecutionContext context;
    private final Outcome outcome;
    private final boolean injected;
    private final List<String> differences = new ArrayList<>();

    Replay(AllocatorModel model, JsonNode row) {
      this.model = model;
      this.row = row;
      AllocatorApi api = model.api(row.get("api").asText()).orElseThrow();
      String written = row.get("requested").asText();
      GfpMask mask =
          model
              .parseMask(written.startsWith("(implicit") ? api.implicitMask().get() : written)
              .mask();
      request = new AllocationRequest(api, mask, size(api, row.get("size_or_order").asText()));
      List<ScopeKind> scopes = new ArrayList<>();
      if (!row.get("scope").asText().equals("none")) {
        for (String scope : row.get("scope").asText().split(">")) {
          scopes.add(ScopeKind.valueOf(scope.toUpperCase(Locale.ROOT)));
        }
      }
      context = ExecutionContext.PROCESS.withScopes(scopes);
      outcome = model.evaluate(request, context);
      injected = row.has("injected");
    }

    private static AllocationSize size(AllocatorApi api, String text) {
      if (api.size().kind() == SizeSource.Kind.ORDER) {
        return AllocationSize.ofOrder(Integer.parseInt(text));
      }
      if (api.size().kind() == SizeSource.Kind.CACHE) {
        return AllocationSize.UNKNOWN;
      }
      // ULONG_MAX stands for any size beyond all limits.
      return AllocationSize.exactly(text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text));
    }

    List<String> differences() {
      masks();
      returned();
      warned();
      behaviour();
      return differences;
    }

    private void masks() {
      Set<GfpMask> data =
          internal(what -> what.equals("data-pages") || what.equals("pool-element"));
      if (request.api().family().equals("page")) {
        data = Set.of(outcome.effective());
      }
      Set<GfpMask> observedData = observed("effective_gfp", " data:");
      if (!data.containsAll(observedData)) {
        differences.add("data: observed " + observedData + " but the model has " + data);
      }
      boolean always = List.of("page", "mempool").contains(request.api().family());
      if (always && observedData.isEmpty() && !row.get("returned").asText().equals("null")) {
        differences.add("data: nothing was observed");
      }
      compare("slab", "effective_gfp", "slab_backing:", internal("slab"::equals));
      compare("page-table", "page_table_gfp", "", internal("page-table"::equals));
      metadata();
      slabTracepoint();
    }

    /** The slab tracepoint shows the mask before the scope. */
    private void metadata() {
      Set<GfpMask> scoped = new LinkedHashSet<>();
      for (String kind : List.of("kmalloc ", "cache ")) {
        for (GfpMask mask : observed("metadata_gfp", kind)) {
          scoped.add(model.inScopes(mask, context.scopes()));
        }
      }
      Set<GfpMask> expected = internal("metadata"::equals);
      if (!expected.containsAll(scoped)) {
        differences.add("metadata: observed " + scoped + " but the model has " + expected);
      }
    }

    private void slabTracepoint() {
      boolean plain =
          List.of("slab", "kmem_cache").contains(request.api().family()) && row.has("slab_tp_gfp");
      if (plain) {
        compare("tracepoint", "slab_tp_gfp", " data:", Set.of(request.mask()));
      }
    }

    private void compare(String what, String field, String marker, Set<GfpMask> expected) {
      Set<GfpMask> observed = observed(field, marker);
      if (!expected.containsAll(observed)) {
        differences.add(what + ": observed " + observed + " but the model has " + expected);
      }
    }

    private Set<GfpMask> internal(Predicate<String> what) {
      Set<GfpMask> masks = new LinkedHashSet<>();
      for (InternalRequest internal : outcome.internal()) {
        if (what.test(internal.what())) {
          masks.add(internal.effective());
        }
      }
      return masks;
    }

    private Set<GfpMask> observed(String field, String marker) {
      Set<GfpMask> masks = new LinkedHashSet<>();
      for (JsonNode entry : row.path(field)) {
        String text = entry.asText();
        if (text.contains(marker)) {
          int label = text.indexOf(": ");
          String mask = text.substring(label < 0 ? 0 : label + 2).replaceFirst(" \\[PF.*", "");
          masks.add(model.parseMask(mask).mask());
        }
      }
      return masks;
    }

    private void returned() {
      String returned = row.get("returned").asText();
      boolean isNull = returned.equals("null");
      boolean sometimesNull = returned.endsWith(" null");
      boolean agrees =
          switch (outcome.returns()) {
            case NULL -> isNull;
            case NEVER_NULL -> !isNull && !sometimesNull;
            case MAY_BE_NULL -> true;
          };
      if (!agrees) {
        differences.add("returns: " + returned + " but the model says " + outcome.returns());
      }
    }

    private void warned() {
      Set<String> functions = new TreeSet<>();
      for (JsonNode function : row.path("warn_fn")) {
        String name = function.asText().replaceFirst("\\.constprop\\.\\d+$", "");
        functions.add(INLINED.getOrDefault(name, name));
      }
      Set<String> possible = new TreeSet<>();
      Set<String> certain = new TreeSet<>();
      for (ModelWarning warning : outcome.warnings()) {
        possible.add(warning.function());
        if (warning.certain()) {
          certain.add(warning.function());
        }
      }
      if (!possible.containsAll(functions)) {
        differences.add("warning: observed in " + functions + " but the model has " + possible);
      }
      // When the free lists are made to fail, a warning that fast-path success brings may not come.
      if (!injected && !functions.containsAll(certain)) {
        differences.add("silence: " + certain + " should have warned, " + functions + " did");
      }
      if (row.get("warned").asBoolean() && !outcome.may().contains(Effect.WARN)) {
        differences.add("warning: observed, but the model has no warning");
      }
    }

    private void behaviour() {
      boolean reclaimed = row.path("reclaim_calls").asInt() > 0;
      if (reclaimed && !outcome.may().contains(Effect.DIRECT_RECLAIM)) {
        differences.add("reclaim: observed, but the model says none");
      }
      Map<GfpFlag, Effect> effects = new EnumMap<>(GfpFlag.class);
      effects.put(GfpFlag.IO, Effect.IO);
      effects.put(GfpFlag.FS, Effect.FS_RECLAIM);
      for (GfpMask mask : observed("reclaim_gfp", "")) {
        effects.forEach(
            (flag, effect) -> {
              if (mask.has(flag) && !outcome.may().contains(effect)) {
                differences.add("reclaim: with " + mask + ", but the model excludes " + effect);
              }
            });
      }
      boolean calledOom = row.path("oom_calls").asInt() > 0;
      boolean mayKill = outcome.may().contains(Effect.OOM_KILL);
      if (calledOom && outcome.effective().has(GfpFlag.FS) && !mayKill) {
        differences.add("oom: out_of_memory() was called, but the model excludes it");
      }
      if (row.path("vmalloc_addr").asBoolean() && outcome.may().contains(Effect.NO_FALLBACK)) {
        differences.add("fallback: memory came from vmalloc, but the model excludes it");
      }
    }
  }
}
