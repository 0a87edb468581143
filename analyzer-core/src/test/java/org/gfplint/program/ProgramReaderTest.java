package org.gfplint.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gfplint.facts.FactsStore;
import org.gfplint.facts.FileFacts;
import org.gfplint.source.KernelTree;
import org.gfplint.source.MacroDictionary;
import org.gfplint.source.SourceException;
import org.gfplint.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are read as they are now, whatever the store knows of them. */
class ProgramReaderTest {
  private static final String ITERATOR = "#define gen_walk(g) for (; (g); (g) = (g)->next)\n";
  private static final String ANNOTATION = "#define gen_walk __attribute__((used))\n";

  @TempDir private Path directory;
  private final List<String> warnings = new ArrayList<>();

  @Test
  void aNameThatStandsForSomethingElseIsReadAnew() throws Exception {
    Path user = directory.resolve("user.c");
    Files.writeString(
        user, "void f(struct gen *g)\n{\n\tgen_walk (g)\n\t\tkfree(g);\n\tkfree(NULL);\n}\n");
    FileFacts iterator = read(user, ITERATOR, false);
    FileFacts annotation = read(user, ANNOTATION, false);
    assertThat(iterator).isNotEqualTo(annotation);
    for (int round = 0; round < 2; round++) {
      assertThat(read(user, ITERATOR, true)).isEqualTo(iterator);
      assertThat(read(user, ANNOTATION, true)).isEqualTo(annotation);
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void aChangedFileIsReadAnew() throws Exception {
    Path user = directory.resolve("user.c");
    for (String body : List.of("kfree(p);", "vfree(p);", "kfree(p);")) {
      Files.writeString(user, "void f(void *p)\n{\n\t" + body + "\n}\n");
      assertThat(read(user, ITERATOR, true)).isEqualTo(read(user, ITERATOR, false));
    }
  }

  private FileFacts read(Path file, String header, boolean stored)
      throws IOException, SourceException {
    Path learnedFrom = directory.resolve("walk.h");
    Files.writeString(learnedFrom, header);
    MacroDictionary dictionary =
        MacroDictionary.learn(List.of(new SourceFile("walk.h", learnedFrom, header.length())));
    try (FactsStore store =
        FactsStore.open(FactsStore.Settings.in(directory.resolve("cache")), warnings::add)) {
      ProgramReader reader =
          new ProgramReader(
              KernelTree.open(directory),
              dictionary,
              stored ? Optional.of(store) : Optional.empty(),
              1,
              () -> {});
      return reader
          .read(List.of(new SourceFile("user.c", file, Files.size(file))))
          .program()
          .fileFacts(0);
    }
  }
}
