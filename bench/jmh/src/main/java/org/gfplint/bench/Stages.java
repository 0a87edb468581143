package org.gfplint.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gfplint.facts.FactsCodec;
import org.gfplint.facts.FactsExtractor;
import org.gfplint.facts.FileFacts;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.model.AllocatorModel;
import org.gfplint.program.Program;
import org.gfplint.source.ArchSelection;
import org.gfplint.source.KernelTree;
import org.gfplint.source.MacroDictionary;
import org.gfplint.source.MacroNormalizer;
import org.gfplint.source.SourceFile;
import org.gfplint.syntax.CParser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Each stage over the same files, one thread: their ratios tell where the time goes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class Stages {
  /** Root of a kernel tree. */
  @Param("tree-not-given")
  public String tree;

  /** What of it. */
  @Param("fs/ext4")
  public String directory;

  private MacroDictionary dictionary;
  private AllocatorModel model;
  private final List<String> paths = new ArrayList<>();
  private final List<byte[]> texts = new ArrayList<>();
  private final List<byte[]> normalized = new ArrayList<>();
  private final List<FileFacts> facts = new ArrayList<>();
  private final List<byte[]> packed = new ArrayList<>();
  private Program program;

  /** Reads the files and takes them through every stage once. */
  @Setup
  public void read() throws Exception {
    KernelTree kernel = KernelTree.open(Path.of(tree));
    ArchSelection arch = ArchSelection.parse("x86");
    dictionary = MacroDictionary.of(kernel, arch);
    model = AllocatorModel.forVersion(kernel.version().orElseThrow());
    MacroNormalizer normalizer = new MacroNormalizer(dictionary);
    try (FactsExtractor extractor = new FactsExtractor()) {
      for (SourceFile file :
          kernel.discover(List.of(Path.of(tree, directory)), arch).files()) {
        byte[] text = file.read();
        byte[] clean = text.clone();
        normalizer.normalize(clean, clean.length);
        paths.add(file.path());
        texts.add(text);
        normalized.add(clean);
        FileFacts found = extractor.extract(clean, clean.length, text);
        facts.add(found);
        packed.add(FactsCodec.encode(found));
      }
    }
    program = link();
  }

  /** Rewrites the macros. */
  @Benchmark
  public long normalize() {
    MacroNormalizer normalizer = new MacroNormalizer(dictionary);
    long sum = 0;
    for (byte[] text : texts) {
      sum += normalizer.normalize(Arrays.copyOf(text, text.length), text.length);
    }
    return sum;
  }

  /** Parses and flattens: what no analysis can do without. */
  @Benchmark
  public long parse() {
    long[] items = new long[1];
    try (CParser parser = new CParser()) {
      for (byte[] text : normalized) {
        parser.parse(text, text.length, (tree, hasError) -> items[0]++);
      }
    }
    return items[0];
  }

  /** Parses and reads facts. */
  @Benchmark
  public long parseAndExtract() {
    long functions = 0;
    try (FactsExtractor extractor = new FactsExtractor()) {
      for (int i = 0; i < texts.size(); i++) {
        byte[] text = normalized.get(i);
        functions += extractor.extract(text, text.length, texts.get(i)).functions().size();
      }
    }
    return functions;
  }

  /** Packs facts. */
  @Benchmark
  public long encode() {
    long bytes = 0;
    for (FileFacts each : facts) {
      bytes += FactsCodec.encode(each).length;
    }
    return bytes;
  }

  /** Unpacks facts. */
  @Benchmark
  public long decode() {
    long functions = 0;
    for (byte[] each : packed) {
      functions += FactsCodec.decode(each).functions().size();
    }
    return functions;
  }

  /** Links files into a program. */
  @Benchmark
  public Program link() {
    Program.Builder builder = new Program.Builder();
    for (int i = 0; i < paths.size(); i++) {
      builder.add(paths.get(i), facts.get(i));
    }
    return builder.link();
  }

  /** Follows the paths of every function and the masks between them. */
  @Benchmark
  public FlowAnalysis flow() {
    return FlowAnalysis.analyze(program, model, 1, () -> {});
  }
}
