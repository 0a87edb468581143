package org.gfplint.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelQueryTest {

  @Test
  void oneLineOfJsonIsAnsweredWithOneObject() {
    Map<String, Object> answer =
        ModelQuery.fromJson(
                "{\"api\":\"__vmalloc\",\"mask\":\"GFP_NOFS | __GFP_ZERO\",\"size\":\"64K\","
                    + "\"scope\":[\"nofs\",\"noio\"],\"kernel\":\"4.16\",\"context\":\"process\"}")
            .answer()
            .toJson();
    assertThat(answer.get("requested"))
        .isEqualTo(
            List.of("__GFP_IO", "__GFP_ZERO", "__GFP_DIRECT_RECLAIM", "__GFP_KSWAPD_RECLAIM"));
    assertThat(answer.get("effective"))
        .isEqualTo(List.of("__GFP_ZERO", "__GFP_DIRECT_RECLAIM", "__GFP_KSWAPD_RECLAIM"));
    assertThat(answer.get("internal").toString())
        .contains(
            "{what=page-table, effective=[__GFP_ZERO, __GFP_DIRECT_RECLAIM, __GFP_KSWAPD_RECLAIM]}");
    assertThat(answer.get("may")).isEqualTo(List.of("sleep", "direct-reclaim"));
    assertThat(answer.get("returns")).isEqualTo("may-be-null");
    assertThat(answer.get("facts").toString()).contains("vmalloc.page-tables-ignore-mask");
  }

  @Test
  void numbersAndOrdersAreSizesToo() {
    assertThat(size("\"size\":65536")).isEqualTo(AllocationSize.exactly(65536));
    assertThat(size("\"size\":\"1K-2M\"")).isEqualTo(new AllocationSize(1024, 2 << 20));
    assertThat(size("\"size\":18446744073709551615"))
        .isEqualTo(AllocationSize.exactly(Long.MAX_VALUE));
    assertThat(size("\"order\":4")).isEqualTo(AllocationSize.exactly(65536));
    assertThat(size("\"size\":\"0x1000\"")).isEqualTo(AllocationSize.exactly(4096));
  }

  private static AllocationSize size(String field) {
    return ModelQuery.fromJson(
            "{\"api\":\"kmalloc\",\"mask\":\"GFP_KERNEL\",\"kernel\":\"6.1\"," + field + "}")
        .answer()
        .request()
        .size();
  }

  @Test
  void anImplicitMaskNeedsNone() {
    ModelAnswer answer =
        ModelQuery.fromJson("{\"api\":\"vmalloc\",\"size\":8192,\"kernel\":\"6.12\"}").answer();
    assertThat(answer.model().describe(answer.outcome().requested())).isEqualTo("GFP_KERNEL");
    ModelAnswer typed =
        ModelQuery.fromJson("{\"api\":\"kzalloc_obj\",\"kernel\":\"7.0\"}").answer();
    assertThat(typed.model().describe(typed.outcome().requested())).isEqualTo("GFP_KERNEL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"api\":\"kmaloc\",\"mask\":\"GFP_KERNEL\",\"kernel\":\"6.1\"}; unknown allocator 'kmaloc'; did you mean kmalloc",
        "{\"api\":\"kmalloc\",\"mask\":\"GFP_KERNAL\",\"kernel\":\"6.1\"}; unknown flag 'GFP_KERNAL'; did you mean GFP_KERNEL",
        "{\"api\":\"kmalloc\",\"mask\":\"GFP_FS\",\"kernel\":\"6.1\"}; unknown flag 'GFP_FS'; __GFP_FS",
        "{\"api\":\"kmalloc\",\"mask\":\"__GFP_REPEAT\",\"kernel\":\"6.1\"}; __GFP_REPEAT does not exist in 6.1 (4.10 to before 4.13; then __GFP_RETRY_MAYFAIL)",
        "{\"api\":\"kvmalloc\",\"mask\":\"GFP_KERNEL\",\"kernel\":\"4.10\"}; kvmalloc does not exist in 4.10 (since 4.12)",
        "{\"api\":\"kmalloc\",\"mask\":\"GFP_KERNEL |\",\"kernel\":\"6.1\"}; it ends too early",
        "{\"api\":\"kmalloc\",\"mask\":\"(GFP_KERNEL\",\"kernel\":\"6.1\"}; ')' is missing",
        "{\"api\":\"kmalloc\",\"kernel\":\"6.1\"}; kmalloc needs a mask",
        "{\"api\":\"kmalloc\",\"mask\":\"GFP_KERNEL\"}; field 'kernel' is missing",
        "{\"api\":\"kmalloc\",\"mask\":\"GFP_KERNEL\",\"kernel\":\"six\"}; not a kernel version: 'six'",
        "{\"api\":\"kmalloc\",\"mask\":\"GFP_KERNEL\",\"kernel\":\"6.1\",\"size\":\"big\"}; not a size: 'big'",
        "{\"api\":\"kmalloc\",\"mask\":\"GFP_KERNEL\",\"kernel\":\"6.1\",\"scope\":[\"nofz\"]}; unknown scope 'nofz'",
        "{\"api\":\"kmalloc\",\"mask\":\"GFP_KERNEL\",\"kernel\":\"6.1\",\"context\":\"moon\"}; unknown context 'moon'",
        "{\"api\":\"kmalloc\",\"mask\":\"GFP_KERNEL\",\"kernel\":\"6.1\",\"sise\":1}; did you mean size",
        "[1]; not a JSON object",
        "{\"api\":; not JSON"
      })
  void aBadQueryIsToldSoInOneLine(String line, String part) {
    assertThatThrownBy(() -> ModelQuery.fromJson(line).answer())
        .isInstanceOf(ModelQueryException.class)
        .hasMessageContaining(part.strip())
        .message()
        .doesNotContain("\n");
  }

  @Test
  void masksHaveTheirCPrecedence() {
    AllocatorModel model = AllocatorModel.forVersion(KernelVersion.parse("6.1"));
    assertThat(model.parseMask("GFP_NOFS | __GFP_ZERO & ~__GFP_IO").mask())
        .isEqualTo(model.parseMask("(GFP_NOFS) | __GFP_ZERO").mask());
    assertThat(model.parseMask("(GFP_NOFS | __GFP_ZERO) & ~__GFP_IO").mask())
        .isEqualTo(model.parseMask("GFP_NOIO|__GFP_ZERO").mask());
    assertThat(model.parseMask("GFP_NOFS | __GFP_ZERO & ~__GFP_IO").terms())
        .containsExactly(MaskTerm.named("GFP_NOFS"), MaskTerm.UNNAMED);
    assertThat(model.parseMask("0").mask()).isEqualTo(GfpMask.NONE);
  }
}
