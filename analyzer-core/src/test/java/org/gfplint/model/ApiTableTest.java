package org.gfplint.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The model knows every allocator of the table typed from the source, in every kernel. */
class ApiTableTest {
  private static final Path TABLE =
      Path.of(System.getProperty("gfplint.testdata")).resolve("model").resolve("apis.csv");
  private static final List<String> TREES = List.of("4.10", "4.16", "5.0", "5.17", "6.1", "6.12");
  private static final String NEWEST = "7.2";

  /** What one row says of one allocator. */
  private record Row(String mask, List<String> kernels) {}

  private static Map<String, List<Row>> table() throws IOException {
    Map<String, List<Row>> table = new TreeMap<>();
    for (String line : Files.readAllLines(TABLE)) {
      if (line.startsWith("#") || line.startsWith("names;")) {
        continue;
      }
      String[] fields = line.split(";");
      assertThat(fields).as(line).hasSize(3);
      for (String name : fields[0].split(" ")) {
        table.computeIfAbsent(name, n -> new ArrayList<>()).add(row(fields[1], fields[2]));
      }
    }
    return table;
  }

  private static Row row(String mask, String kernels) {
    if (kernels.equals("all")) {
      return new Row(mask, TREES);
    }
    if (kernels.startsWith("<=")) {
      return new Row(mask, TREES.subList(0, TREES.indexOf(kernels.substring(2)) + 1));
    }
    boolean open = kernels.endsWith("+");
    String[] ends = kernels.replace("+", "").split("-");
    int first = TREES.indexOf(ends[0]);
    if (first < 0) {
      return new Row(mask, open ? List.of(ends[0], NEWEST) : List.of(ends[0]));
    }
    int last = open ? TREES.size() - 1 : TREES.indexOf(ends[ends.length - 1]);
    return new Row(mask, TREES.subList(first, last + 1));
  }

  static List<String> names() throws IOException {
    return List.copyOf(table().keySet());
  }

  @Test
  void theTableIsLong() throws IOException {
    assertThat(names()).hasSizeGreaterThan(250);
  }

  @ParameterizedTest
  @MethodSource("names")
  void isKnownWhereItExists(String name) throws IOException {
    List<String> absent = new ArrayList<>(TREES);
    for (Row row : table().get(name)) {
      assertThat(row.kernels()).isNotEmpty();
      absent.removeAll(row.kernels());
      for (String kernel : row.kernels()) {
        check(name, row.mask(), KernelVersion.parse(kernel));
      }
    }
    for (String kernel : absent) {
      assertThat(AllocatorModel.forVersion(KernelVersion.parse(kernel)).api(name))
          .as(name + " in " + kernel)
          .isEmpty();
    }
  }

  private static void check(String name, String mask, KernelVersion kernel) {
    AllocatorModel model = AllocatorModel.forVersion(kernel);
    Optional<AllocatorApi> api = model.api(name);
    assertThat(api).as(name + " in " + kernel).isPresent();
    boolean implicit = api.get().maskArgument().isEmpty() && api.get().implicitMask().isPresent();
    ModelQuery query =
        new ModelQuery(
            kernel,
            name,
            implicit ? Optional.empty() : Optional.of("GFP_NOFS"),
            Optional.of(AllocationSize.exactly(64)),
            ExecutionContext.PROCESS);
    ModelAnswer answer = query.answer();
    assertThat(answer.outcome().facts()).as(name + " in " + kernel).isNotEmpty();
    GfpMask requested = answer.outcome().requested();
    if (mask.startsWith("implicit:")) {
      assertThat(implicit).as(name + " in " + kernel + " has a mask of its own").isTrue();
      assertThat(requested)
          .as(name + " in " + kernel)
          .isEqualTo(model.parseMask(mask.substring("implicit:".length())).mask());
    } else if (mask.equals("object")) {
      assertThat(api.get().maskArgument()).isEmpty();
      assertThat(requested).isEqualTo(model.parseMask("GFP_NOFS").mask());
    } else if (!mask.equals("?")) {
      assertThat(api.get().maskArgument())
          .as(name + " in " + kernel)
          .hasValue(Integer.parseInt(mask) - 1);
    }
  }
}
