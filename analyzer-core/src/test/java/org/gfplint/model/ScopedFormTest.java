package org.gfplint.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What to write instead of a mask, for those who change code. */
class ScopedFormTest {
  private static Optional<ScopedForm> form(String version, String... names) {
    AllocatorModel model = AllocatorModel.forVersion(KernelVersion.parse(version));
    GfpMask mask = GfpMask.NONE;
    for (String name : names) {
      mask = mask.or(model.mask(name).orElseThrow());
    }
    return model.scopedForm(mask, Arrays.asList(names));
  }

  @Test
  void theCompositeBecomesTheScope() {
    ScopedForm nofs = form("4.16", "__GFP_ZERO", "GFP_NOFS").orElseThrow();
    assertThat(nofs.scope()).isEqualTo(ScopeKind.NOFS);
    assertThat(nofs.name()).isEqualTo("GFP_NOFS");
    assertThat(nofs.instead()).isEqualTo("GFP_KERNEL");
    assertThat(nofs.mask().has(GfpFlag.FS)).isTrue();
    assertThat(nofs.mask().has(GfpFlag.ZERO)).isTrue();
    assertThat(form("6.12", "GFP_NOIO").orElseThrow().scope()).isEqualTo(ScopeKind.NOIO);
  }

  @Test
  void nothingIsWrittenWhereNoScopeSaysTheSame() {
    assertThat(form("4.10", "GFP_NOFS")).as("no memalloc_nofs_save() yet").isEmpty();
    assertThat(form("6.12", "GFP_KERNEL")).isEmpty();
    assertThat(form("6.12", "GFP_ATOMIC")).isEmpty();
    assertThat(form("6.12", "GFP_NOFS", "GFP_NOIO")).isEmpty();
    assertThat(form("6.12", "GFP_NOFS", "__GFP_FS")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GFP_KERNEL, GFP_NOFS, GFP_NOFS, ''",
    "__GFP_FS, GFP_NOFS, __GFP_FS, ''",
    "__GFP_FS, GFP_NOFS, GFP_NOFS, GFP_KERNEL",
    "__GFP_MEMALLOC, __GFP_NOMEMALLOC, __GFP_MEMALLOC, ''",
    "__GFP_NORETRY, __GFP_RETRY_MAYFAIL, __GFP_RETRY_MAYFAIL, ''"
  })
  void aContradictionSaysHowToWriteWhatTheMaskIs(
      String one, String other, String name, String instead) {
    assertThat(plainly(one, other)).containsEntry(name, instead);
  }

  @Test
  void whoMeantWhatTheModelDoesNotKnow() {
    assertThat(plainly("__GFP_DMA", "__GFP_HIGHMEM")).isEmpty();
    assertThat(plainly("__GFP_NOFAIL", "__GFP_NORETRY")).isEmpty();
  }

  private static Map<String, String> plainly(String one, String other) {
    return AllocatorModel.forVersion(KernelVersion.parse("6.12"))
        .contradictions(List.of(MaskTerm.named(one), MaskTerm.named(other)), Optional.empty())
        .get(0)
        .plainly();
  }
}
