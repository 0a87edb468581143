package org.gfplint.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FactsCodecTest {
  private static final String SOURCE =
      """
      #include "demo.h"
      #define DEMO_GFP (GFP_KERNEL | __GFP_NOFAIL)
      #define demo_get(x) demo_find(x, -1)
      static void *demo(struct demo *d, size_t n)
      {
      	unsigned int flags = memalloc_nofs_save();
      	void *p = d->big ? kvmalloc(n << 2, GFP_KERNEL) : kmalloc(sizeof(*d), DEMO_GFP);

      	if (!p || d->count[3] > 0x1000)
      		goto out;
      	d->ops->fill(p, "text", ~0);
      out:
      	memalloc_nofs_restore(flags);
      	return p;
      }
      static struct demo_ops ops = { .get = demo, };
      """;

  @Test
  void factsComeBackAsTheyWere() {
    FileFacts facts = facts();
    assertThat(FactsCodec.decode(FactsCodec.encode(facts))).isEqualTo(facts);
  }

  @Test
  void ofOpenedFactsAnyPartIsWhatItWas() {
    FileFacts facts = facts();
    FileFacts opened = FactsCodec.open(FactsCodec.encode(facts));
    assertThat(opened.constants(Set.of("DEMO_GFP", "other")))
        .isEqualTo(facts.constants(Set.of("DEMO_GFP")))
        .hasSize(1);
    assertThat(opened.functions(Set.of("demo_get", "demo")))
        .isEqualTo(facts.functions(Set.of("demo_get", "demo")))
        .hasSize(2);
    assertThat(opened.functions(Set.of("kmalloc"))).isEmpty();
    assertThat(opened).isEqualTo(facts);
  }

  @Test
  void damagedBytesAreRefusedOrGiveSomeFactsButNeverAnythingElse() {
    byte[] good = FactsCodec.encode(facts());
    Random random = new Random(20261121);
    int refused = 0;
    for (int i = 0; i < 4000; i++) {
      byte[] bad = good.clone();
      if (i % 2 == 0) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      } else {
        bad = java.util.Arrays.copyOf(bad, random.nextInt(bad.length));
      }
      try {
        FactsCodec.decode(bad);
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(2000);
  }

  private static FileFacts facts() {
    byte[] text = SOURCE.getBytes(StandardCharsets.UTF_8);
    try (FactsExtractor extractor = new FactsExtractor()) {
      return extractor.extract(text, text.length, text);
    }
  }
}
