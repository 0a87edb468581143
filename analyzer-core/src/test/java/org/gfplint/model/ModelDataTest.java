package org.gfplint.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelDataTest {

  private static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : ModelData.FILES) {
      try (InputStream in = ModelData.class.getResourceAsStream(name)) {
        files.put(name, in.readAllBytes());
      }
    }
    return files;
  }

  /** The bundled data with one text replaced in one file. */
  private static Map<String, byte[]> edited(String file, String before, String after)
      throws IOException {
    Map<String, byte[]> files = files();
    String text = new String(files.get(file), StandardCharsets.UTF_8);
    assertThat(text).contains(before);
    files.put(file, text.replace(before, after).getBytes(StandardCharsets.UTF_8));
    return files;
  }

  @ParameterizedTest(name = "{4}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "vmalloc.yaml; until: \"5.17\", read: \"4.10 4.16 5.0\", where: \"mm/vmalloc.c:vmap_page_range\"; until: \"5.16\", read: \"4.10 4.16 5.0\", where: \"mm/vmalloc.c:vmap_page_range\"; vmalloc.page-tables-in-own-scope; leaves a gap from 5.16",
        "vmalloc.yaml; until: \"5.17\", read: \"4.10 4.16 5.0\", where: \"mm/vmalloc.c:vmap_page_range\"; until: \"5.18\", read: \"4.10 4.16 5.0\", where: \"mm/vmalloc.c:vmap_page_range\"; vmalloc.page-tables-in-own-scope; overlaps",
        "vmalloc.yaml; \"vmalloc.nonblocking\": \"honoured\"; \"vmalloc.nonblocking\": \"maybe\"; vmalloc.nonblocking-honoured; expected one of sleeps, honoured",
        "vmalloc.yaml; \"vmalloc.nonblocking\": \"honoured\"; \"vmalloc.unblocking\": \"honoured\"; vmalloc.nonblocking-honoured; which nothing asks",
        "kvmalloc.yaml; since: \"4.18\"; since: \"4.18x\"; kvmalloc.restricted-loses-fallback; not a kernel version",
        "kvmalloc.yaml; since: \"4.18\", until: \"5.17\"; since: \"5.18\", until: \"5.17\"; kvmalloc.restricted-loses-fallback; is empty",
        "kvmalloc.yaml; read: \"5.0\"; read: \"5.1\"; kvmalloc.restricted-loses-fallback; not one of the trees",
        "kvmalloc.yaml; read: \"5.0\"; read: \"6.1\"; kvmalloc.restricted-loses-fallback; outside its own range",
        "flags.yaml; name: \"__GFP_MOVABLE\"; name: \"__GFP_MOVEABLE\"; __GFP_MOVEABLE; not a flag the model knows",
        "flags.yaml; __GFP_RECLAIM | __GFP_IO | __GFP_FS; __GFP_RECLAIM | __GFP_OI; GFP_KERNEL; unknown gfp name '__GFP_OI'",
        "slab.yaml; name: \"kcalloc\", mask: 3; name: \"kcalloc\", mask: \"third\"; kcalloc; not an argument number",
        "slab.yaml; name: \"kcalloc\", mask: 3; name: \"kzalloc\", mask: 3; kzalloc; overlaps another entry",
        "slab.yaml; name: \"kcalloc\", mask: 3; name: \"kcalloc\", gfp: 3; kcalloc; unknown field 'gfp'",
        "slab.yaml; {id: \"slab.zero-size\"; {id: \"slab.zerosize\"; slab.zero-size; missing",
        "scopes.yaml; scope: \"pin\", opens: true; scope: \"pins\", opens: true; memalloc_pin_save; unknown scope 'pins'",
        "wrappers.yaml; zalloc_cpumask_var@2; zalloc_cpumask_var2; zalloc_cpumask_var2; expected name@argument[trees]",
        "flags.yaml; name: \"GFP_NOWAIT\", since: \"6.8\"; name: \"GFP_NOWAIT\", since: \"6.9\"; GFP_NOWAIT; leave a gap from 6.8",
        "flags.yaml; name: \"GFP_NOWAIT\", since: \"6.8\"; name: \"GFP_NOWAIT\", since: \"6.7\"; GFP_NOWAIT; overlap",
        "pools.yaml; for: \"mempool_alloc\"; for: \"mempool_aloc\"; mempool.zero-warns; is about mempool_aloc, which no file describes",
        "pools.yaml; then: \"warns-and-fails\"; then: \"explodes\"; dma.compound-refused; none of warns, fails",
        "id.yaml; in: \"softirq hardirq nmi\"; in: \"softirk\"; id.preload-in-interrupt; unknown context 'softirk'",
        "id.yaml; name: \"radix_tree_insert radix_tree_tag_set\", mask: \"object\"; name: \"radix_tree_insert\", mask: \"object\", implicit: \"GFP_KERNEL\"; radix_tree_insert; an implicit mask, and one in an object",
        "page.yaml; read: \"6.1 6.12\", where: \"mm/page_alloc.c:rmqueue_buddy\"; read: \"5.17\", where: \"mm/page_alloc.c:rmqueue_buddy\"; page.nonblocking-highatomic; outside its own range",
        "pools.yaml; family: \"mempool\"; family: mempool; line; Unrecognized token"
      })
  void badDataIsNamedInOneLine(
      String file, String before, String after, String entry, String problem) throws IOException {
    Map<String, byte[]> files = edited(file, before, after);
    assertThatThrownBy(() -> ModelData.read(files))
        .isInstanceOf(ModelDataException.class)
        .hasMessageContaining(entry)
        .hasMessageContaining(problem)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void theSoundDataLoads() throws IOException {
    ModelData data = ModelData.read(files());
    assertThat(data.facts()).hasSizeGreaterThan(70);
    assertThat(data.apis()).hasSizeGreaterThan(500);
  }

  /** A maintainer corrects a fact in the file and the answers change; no code is involved. */
  @Test
  void aCorrectedFactChangesTheAnswer() throws IOException {
    Map<String, byte[]> files =
        edited(
            "flags.yaml",
            "{name: \"GFP_NOFS\", value: \"__GFP_RECLAIM | __GFP_IO\"",
            "{name: \"GFP_NOFS\", value: \"__GFP_RECLAIM\"");
    KernelVersion version = KernelVersion.parse("6.1");
    AllocatorModel model = new AllocatorModel(version, ModelData.read(files));
    assertThat(model.mask("GFP_NOFS")).isEqualTo(model.mask("GFP_NOIO"));
  }

  @Test
  void everyFactReadsAsOneSentenceWithItsSource() throws IOException {
    ModelData data = ModelData.read(files());
    Stream<Fact> named =
        data.names().values().stream().flatMap(List::stream).map(ModelData.NameEntry::fact);
    List<Fact> all = Stream.concat(data.facts().values().stream(), named).toList();
    assertThat(all).hasSizeGreaterThan(150);
    for (Fact fact : all) {
      String rendered =
          fact.id() + ": " + fact.sentence() + " (" + fact.source() + ", " + fact.range() + ")";
      assertThat(rendered)
          .matches("[a-z]+\\.[A-Za-z0-9_.-]+: \\S.*\\. \\(\\S+, (since .*|.* to before .*)\\)")
          .hasSizeLessThan(420);
      assertThat(fact.source())
          .matches("(mm|include|kernel|lib|block|arch|drivers|Documentation)/.*");
    }
  }

  /** A function that is gone for a while and comes back is a mistake, unless headers say so. */
  @Test
  void allocatorsComeAndGoOnce() throws IOException {
    List<String> interrupted = new ArrayList<>();
    ModelData.read(files())
        .apis()
        .forEach(
            (name, entries) -> {
              List<ModelData.ApiEntry> sorted = new ArrayList<>(entries);
              sorted.sort(Comparator.comparing(ModelData.ApiEntry::since));
              for (int i = 1; i < sorted.size(); i++) {
                KernelVersion end = sorted.get(i - 1).until().orElseThrow();
                assertThat(sorted.get(i).since().isAtLeast(end)).as(name).isTrue();
                if (!end.equals(sorted.get(i).since())) {
                  interrupted.add(name);
                }
              }
            });
    // It was no header's for a while.
    assertThat(interrupted).containsExactly("iommu_dma_alloc");
  }

  @Test
  void everyVersionAnswersEveryQuestion() {
    for (String version : new String[] {"4.10", "4.13", "5.8", "6.0", "6.9", "6.19", "7.1"}) {
      AllocatorModel model = AllocatorModel.forVersion(KernelVersion.parse(version));
      for (Question question : Question.values()) {
        assertThat(model.answer(question)).as(question.key() + " in " + version).isNotNull();
      }
    }
  }
}
