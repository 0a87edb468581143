package org.gfplint.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree's own gfp headers against what is known of its version. */
class GfpHeadersTest {
  private static final KernelVersion V6_12 = KernelVersion.parse("6.12");
  private static final KernelVersion NEWER = KernelVersion.parse("9.1");

  @TempDir private Path tree;
  private String header;

  /** The header that the model's own names make. */
  @BeforeEach
  void writeHeader() {
    AllocatorModel model = AllocatorModel.forVersion(V6_12);
    StringBuilder text = new StringBuilder("enum {\n\t___GFP_DMA_BIT,\n\t___GFP_LAST_BIT\n};\n");
    int bit = 0;
    for (String name : model.gfpNames()) {
      boolean flag =
          name.startsWith("__") && Long.bitCount(model.mask(name).orElseThrow().bits()) == 1;
      if (flag) {
        text.append("#define _").append(name).append("\tBIT(_").append(name).append("_BIT)\n");
        text.append("#define ").append(name).append(" ((__force gfp_t)_").append(name).append(")");
      } else {
        String value = model.mask(name).orElseThrow().toString();
        text.append("#define ").append(name).append(" \\\n\t(").append(value).append(")");
      }
      text.append(bit++ % 2 == 0 ? "\t/* as in\n * any other tree */\n" : "\n");
    }
    text.append("#define __GFP_BITS_SHIFT ___GFP_LAST_BIT\n#define GFP_ZONE_BAD (1 << 3)\n");
    header = text.toString();
  }

  private AllocatorModel model(KernelVersion version) throws IOException {
    Path file = tree.resolve("include/linux/gfp_types.h");
    Files.createDirectories(file.getParent());
    Files.writeString(file, header);
    return AllocatorModel.forTree(version, tree);
  }

  private void define(String name, String value) {
    String changed =
        header.replaceFirst(
            "(?m)^#define " + name + " (\\\\\\n)?.*$", "#define " + name + " " + value);
    assertThat(changed).isNotEqualTo(header);
    header = changed;
  }

  private static GfpMask mask(GfpFlag... flags) {
    return GfpMask.of(flags);
  }

  @Test
  void aTreeThatAgreesOrHasNoHeadersIsJudgedByItsVersion() throws IOException {
    assertThat(AllocatorModel.forTree(V6_12, tree)).isSameAs(AllocatorModel.forVersion(V6_12));
    assertThat(model(V6_12)).isSameAs(AllocatorModel.forVersion(V6_12));
    header = "#define GFP_KERNEL 0\n";
    assertThat(model(V6_12)).isSameAs(AllocatorModel.forVersion(V6_12));
  }

  @Test
  void whatTheTreeSaysOfACompositeCountsInsideToo() throws IOException {
    define("GFP_NOWAIT", "(__GFP_KSWAPD_RECLAIM)");
    define("GFP_KERNEL", "(__GFP_RECLAIM | __GFP_IO | __GFP_FS | __GFP_COMP)");
    AllocatorModel model = model(V6_12);
    assertThat(model.mask("GFP_NOWAIT")).hasValue(mask(GfpFlag.KSWAPD_RECLAIM));
    assertThat(model.mask("GFP_NOFS")).isEqualTo(AllocatorModel.forVersion(V6_12).mask("GFP_NOFS"));
    assertThat(model.treeDifferences())
        .hasSize(2)
        .anyMatch(
            line ->
                line.matches(
                    "include/linux/gfp_types.h:\\d+: GFP_NOWAIT is __GFP_KSWAPD_RECLAIM;"
                        + " in Linux 6.12 it is __GFP_NOWARN\\|__GFP_KSWAPD_RECLAIM"));
    assertThat(AllocatorModel.forVersion(V6_12).treeDifferences()).isEmpty();

    AllocatorModel old = AllocatorModel.forTree(KernelVersion.parse("4.16"), tree);
    AllocationRequest request =
        new AllocationRequest(
            old.api("__vmalloc").orElseThrow(),
            old.mask("GFP_NOFS").orElseThrow(),
            AllocationSize.exactly(65536));
    assertThat(old.evaluate(request, ExecutionContext.PROCESS).internal())
        .filteredOn(internal -> internal.what().equals("page-table"))
        .isNotEmpty()
        .allMatch(internal -> internal.effective().has(GfpFlag.COMP));
  }

  @Test
  void namesThatComeAndGoWithTheTree() throws IOException {
    header = header.replaceAll("(?m)^#define _?__GFP_SKIP_ZERO.*$", "");
    define(
        "GFP_NOIO",
        "(__GFP_RECLAIM)\n#define ___GFP_ATOMIC 0x200u\n"
            + "#define __GFP_ATOMIC ((__force gfp_t)___GFP_ATOMIC)");
    AllocatorModel model = model(V6_12);
    assertThat(model.mask("__GFP_SKIP_ZERO")).isEmpty();
    assertThat(model.mask("__GFP_ATOMIC")).hasValue(mask(GfpFlag.ATOMIC));
    assertThat(model.treeDifferences())
        .containsExactlyInAnyOrder(
            model.treeDifferences().stream()
                .filter(l -> l.endsWith(": __GFP_ATOMIC is defined, which Linux 6.12 lacks"))
                .findFirst()
                .orElse("no such line"),
            "include/linux/gfp.h: __GFP_SKIP_ZERO is not defined, which Linux 6.12 has");
  }

  @Test
  void aFlagThatIsNotThereAddsNothingToTheMaskOfPageTables() throws IOException {
    header = header.replaceAll("(?m)^#define _*GFP_ZERO.*$", "");
    AllocatorModel model = model(V6_12);
    assertThat(model.mask("__GFP_ZERO")).isEmpty();
    AllocationRequest request =
        new AllocationRequest(
            model.api("__vmalloc").orElseThrow(),
            model.mask("GFP_KERNEL").orElseThrow(),
            AllocationSize.exactly(65536));
    assertThat(model.evaluate(request, ExecutionContext.PROCESS).internal())
        .filteredOn(internal -> internal.what().equals("page-table"))
        .isNotEmpty()
        .noneMatch(internal -> internal.effective().has(GfpFlag.ZERO));
  }

  @Test
  void ofAlternativesTheOneThatIsKnownCounts() throws IOException {
    header =
        header.replace(
            "#define GFP_ATOMIC",
            "#ifdef CONFIG_X\n#define GFP_ATOMIC 0\n#endif\n#define GFP_ATOMIC");
    assertThat(model(V6_12).treeDifferences()).isEmpty();
  }

  @Test
  void anUnknownFlagByItselfIsNamedAndNoMore() throws IOException {
    header += "#define ___GFP_DEMO BIT(40)\n#define __GFP_DEMO ((__force gfp_t)___GFP_DEMO)\n";
    header += "#define ___GFP_OTHER 0x1000u\n#define GFP_MIX (GFP_NOIO | __GFP_DEMO)\n";
    AllocatorModel model = model(V6_12);
    assertThat(model.treeDifferences())
        .hasSize(2)
        .anyMatch(l -> l.endsWith(": __GFP_DEMO is a flag that the model does not know"))
        .anyMatch(l -> l.endsWith(": __GFP_OTHER is a flag that the model does not know"));
    assertThat(model.mask("GFP_KERNEL"))
        .isEqualTo(AllocatorModel.forVersion(V6_12).mask("GFP_KERNEL"));
    assertThat(model.mask("__GFP_DEMO")).isEmpty();
  }

  @Test
  void anUnknownFlagInAKnownCompositeEndsTheRunUnlessTheKernelIsNewer() throws IOException {
    header += "#define ___GFP_DEMO BIT(40)\n#define __GFP_DEMO ((__force gfp_t)___GFP_DEMO)\n";
    define("GFP_USER", "(GFP_KERNEL | __GFP_HARDWALL | __GFP_DEMO)");
    assertThatThrownBy(() -> model(V6_12))
        .isInstanceOf(ModelDataException.class)
        .hasMessageMatching(
            "include/linux/gfp_types.h:\\d+: GFP_USER: is made with __GFP_DEMO, which the model"
                + " does not know; --kernel-version 6.12 judges by what it knows of that version");
    AllocatorModel newer = model(NEWER);
    assertThat(newer.mask("GFP_USER"))
        .isEqualTo(AllocatorModel.forVersion(NEWER).mask("GFP_USER"))
        .isNotEqualTo(Optional.empty());
    assertThat(newer.treeDifferences())
        .anyMatch(l -> l.endsWith(": GFP_USER is made with __GFP_DEMO, which is left out"));
  }
}
