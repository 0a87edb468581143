package org.gfplint.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.GfpMask;
import org.gfplint.model.KernelVersion;

/** A kernel tree of a few lines, version 4.16, that tests put their files into. */
record SmallTree(Path root) {
  /** One error of vmalloc-restricted at 3:9, in that version. */
  static final String VMALLOC =
      """
      static void *demo_table(unsigned long size)
      {
      	return __vmalloc(size, GFP_NOFS, PAGE_KERNEL);
      }
      """;

  /** One warning of contradictory-flags, in every version. */
  static final String CONTRADICTION =
      """
      static void *demo_node(void)
      {
      	return kmalloc(64, GFP_KERNEL | GFP_NOFS);
      }
      """;

  /** Nothing to report, in every version. */
  static final String CLEAN =
      """
      static void *demo_clean(void)
      {
      	return kmalloc(64, GFP_KERNEL);
      }
      """;

  static SmallTree in(Path directory) throws IOException {
    SmallTree tree = new SmallTree(Files.createDirectories(directory.resolve("linux")));
    tree.write("Makefile", "VERSION = 4\nPATCHLEVEL = 16\nSUBLEVEL = 0\n");
    tree.write("Kbuild", "");
    return tree;
  }

  /** A header with all that the model knows of the tree's version. */
  static String gfpHeader() {
    AllocatorModel model = AllocatorModel.forVersion(KernelVersion.parse("4.16"));
    StringBuilder header = new StringBuilder();
    for (String name : model.gfpNames()) {
      GfpMask mask = model.mask(name).orElseThrow();
      boolean flag = name.startsWith("__") && mask.flags().size() == 1;
      String value = flag ? "((__force gfp_t)_" + name + ")" : "(" + mask + ")";
      header.append("#define ").append(name).append(' ').append(value).append('\n');
    }
    return header.toString();
  }

  Path write(String path, String text) throws IOException {
    return write(path, text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String path, byte[] content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  RunResult check(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "check";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return RunResult.of(root, all);
  }
}
