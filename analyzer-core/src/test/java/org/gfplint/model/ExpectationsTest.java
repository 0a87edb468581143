package org.gfplint.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the model against the table typed from the kernel's source, row by row. */
class ExpectationsTest {
  private static final Path TABLE =
      Path.of(System.getProperty("gfplint.testdata")).resolve("model").resolve("expectations.csv");

  static List<String> rows() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> !line.startsWith("#") && !line.startsWith("kernel,"))
        .toList();
  }

  @Test
  void theTableCoversEveryTree() throws IOException {
    assertThat(rows()).hasSizeGreaterThan(250).doesNotHaveDuplicates();
    for (String tree : List.of("4.10", "4.16", "5.0", "5.17", "6.1", "6.12")) {
      assertThat(rows()).filteredOn(row -> row.startsWith(tree + ",")).hasSizeGreaterThan(40);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theModelSaysSo(String row) {
    String[] fields = row.split(",", -1);
    assertThat(fields).hasSize(7);
    AllocatorModel model = AllocatorModel.forVersion(KernelVersion.parse(fields[0]));
    for (String expected : fields[6].split(" ")) {
      if (fields[1].isEmpty()) {
        name(model, fields[2], expected);
      } else if (expected.equals("absent")) {
        assertThat(model.api(fields[1])).isEmpty();
      } else if (expected.startsWith("arg:")) {
        argument(model.api(fields[1]).orElseThrow(), expected.substring(4));
      } else {
        answer(query(fields), expected);
      }
    }
  }

  private static void name(AllocatorModel model, String name, String expected) {
    switch (expected) {
      case "exists" -> assertThat(model.mask(name)).isPresent();
      case "absent" -> assertThat(model.mask(name)).isEmpty();
      default -> {
        assertThat(expected).startsWith("is:");
        assertThat(model.mask(name)).contains(model.parseMask(expected.substring(3)).mask());
      }
    }
  }

  private static void argument(AllocatorApi api, String position) {
    if (position.equals("implicit")) {
      assertThat(api.maskArgument()).isEmpty();
    } else {
      assertThat(api.maskArgument()).hasValue(Integer.parseInt(position) - 1);
    }
  }

  private static ModelAnswer query(String[] fields) {
    Optional<AllocationSize> size =
        fields[3].isEmpty()
            ? Optional.empty()
            : Optional.of(
                fields[3].startsWith("order:")
                    ? ModelQuery.parseOrder(fields[3].substring(6))
                    : ModelQuery.parseSize(fields[3]));
    boolean realtime = fields[5].endsWith("+rt");
    return new ModelQuery(
            ModelQuery.parseKernel(fields[0]),
            fields[1],
            Optional.of(fields[2]).filter(mask -> !mask.isEmpty()),
            size,
            new ExecutionContext(
                ModelQuery.parseScopes(Arrays.asList(fields[4].split(">"))),
                ModelQuery.parseContexts(List.of(fields[5].replace("+rt", ""))),
                realtime))
        .answer();
  }

  private static void answer(ModelAnswer answer, String expected) {
    Outcome outcome = answer.outcome();
    String kind = expected.substring(0, expected.indexOf(':'));
    String value = expected.substring(kind.length() + 1);
    List<String> may = outcome.may().stream().map(Effect::spelling).toList();
    List<String> violations =
        answer.violations().stream().map(violation -> violation.kind().spelling()).toList();
    if (kind.equals("may") || kind.equals("not")) {
      assertThat(Arrays.stream(Effect.values()).map(Effect::spelling)).contains(value);
    }
    if (kind.endsWith("viol")) {
      assertThat(Arrays.stream(Violation.Kind.values()).map(Violation.Kind::spelling))
          .contains(value);
    }
    switch (kind) {
      case "eff" ->
          assertThat(outcome.effective()).isEqualTo(answer.model().parseMask(value).mask());
      case "int" -> {
        String what = value.substring(0, value.indexOf('='));
        GfpMask mask = answer.model().parseMask(value.substring(what.length() + 1)).mask();
        assertThat(outcome.internal())
            .filteredOn(internal -> internal.what().equals(what))
            .extracting(InternalRequest::effective)
            .contains(mask);
      }
      case "may" -> assertThat(may).contains(value);
      case "not" -> assertThat(may).doesNotContain(value);
      case "ret" -> assertThat(outcome.returns().spelling()).isEqualTo(value);
      case "warn" ->
          assertThat(outcome.warnings()).extracting(ModelWarning::function).contains(value);
      case "viol" -> assertThat(violations).contains(value);
      case "noviol" -> assertThat(violations).doesNotContain(value);
      default -> throw new IllegalArgumentException(expected);
    }
  }
}
