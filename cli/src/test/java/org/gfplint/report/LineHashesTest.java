package org.gfplint.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against values that a host's own uploader is known to compute. */
class LineHashesTest {
  private static final String LOREM = "Lorem ipsum dolor sit amet.\n";
  private static final String LAST = "c129715d7a2bc9a3:1";

  @Test
  void anEmptyFileHasOneLine() {
    assertThat(LineHashes.ofLines("")).containsExactly(LAST);
  }

  @Test
  void blanksAndTabsDoNotCount() {
    assertThat(LineHashes.ofLines(" a\nb\n  \t\tc\n d"))
        .containsExactly(
            "271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1")
        .isEqualTo(LineHashes.ofLines("a\n b\nc\nd\t"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void everyKindOfLineEndIsTheSame(String end) {
    String text = " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n".replace("\n", end);
    assertThat(LineHashes.ofLines(text))
        .containsExactly(
            "e9496ae3ebfced30:1",
            "fb7c023a8b9ccb3f:1",
            "ce8ba1a563dcdaca:1",
            "e20e36e16fcb0cc8:1",
            "b3edc88f2938467e:1",
            "c8e28b0b4002a3a0:1",
            LAST);
  }

  @Test
  void equalLinesAreCountedAndAHundredCharactersMatter() {
    List<String> hashes = LineHashes.ofLines(LOREM.repeat(10));
    assertThat(hashes.subList(0, 6))
        .containsExactly(
            "a7f2ff13bc495cf2:1",
            "a7f2ff13bc495cf2:2",
            "a7f2ff13bc495cf2:3",
            "a7f2ff13bc495cf2:4",
            "a7f2ff13bc495cf2:5",
            "a7f2ff13bc495cf2:6");
    assertThat(hashes.subList(6, 11))
        .containsExactly(
            "a7f2ff1481e87703:1",
            "a9cf91f7bbf1862b:1",
            "55ec222b86bcae53:1",
            "cc97dc7b1d7d8f7b:1",
            LAST);
  }
}
