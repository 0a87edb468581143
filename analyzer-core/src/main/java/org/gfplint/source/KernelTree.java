package org.gfplint.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfplint.model.KernelVersion;

/**
 * A kernel source tree, or a plain directory of C files that is analysed as if it were one. Nothing
 * is built or executed: the version is read from the top Makefile as text.
 */
public final class KernelTree {
  /** Top directories without code that runs in the kernel. */
  private static final Set<String> NOT_KERNEL_CODE =
      Set.of("tools", "samples", "scripts", "Documentation", "usr", "LICENSES");

  private static final Pattern NUMBER =
      Pattern.compile("^(VERSION|PATCHLEVEL|SUBLEVEL)[ \\t]*=[ \\t]*(\\d{0,5})[ \\t]*$");
  private static final int MAKEFILE_LINES = 64;

  private final Path root;
  private final boolean kernel;
  private final Optional<KernelVersion> version;
  private final Overlay overlay;

  /** One run sees one state of the tree, and walks it once. */
  private final Map<ArchSelection, Discovery> whole = new ConcurrentHashMap<>();

  private KernelTree(Path root, boolean kernel, Optional<KernelVersion> version, Overlay overlay) {
    this.root = root;
    this.kernel = kernel;
    this.version = version;
    this.overlay = overlay;
  }

  /** The same tree with some files as they are not on disk. */
  public KernelTree with(Overlay other) {
    return new KernelTree(root, kernel, version, other);
  }

  /**
   * Takes a directory as a tree; it need not be a kernel's.
   *
   * @throws SourceException if there is no such directory
   */
  public static KernelTree open(Path directory) {
    Path root = real(directory);
    if (!Files.isDirectory(root)) {
      throw new SourceException("not a directory: " + directory);
    }
    Optional<KernelVersion> version = readVersion(root);
    return new KernelTree(
        root, version.isPresent() && looksLikeKernel(root), version, Overlay.NONE);
  }

  /**
   * The kernel tree that holds a file or directory: the nearest directory upward whose Makefile
   * states VERSION and PATCHLEVEL and that has a Kbuild or Kconfig beside it.
   *
   * @throws SourceException if the path does not exist
   */
  public static Optional<KernelTree> findUpward(Path from) {
    for (Path p = real(from); p != null; p = p.getParent()) {
      if (Files.isDirectory(p) && looksLikeKernel(p)) {
        Optional<KernelVersion> version = readVersion(p);
        if (version.isPresent()) {
          return Optional.of(new KernelTree(p, true, version, Overlay.NONE));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The kernel tree upward of the path, or else the directory itself (for a file: the one it is
   * in).
   *
   * @throws SourceException if the path does not exist
   */
  public static KernelTree around(Path path) {
    return findUpward(path)
        .orElseGet(
            () -> {
              Path p = real(path);
              return open(Files.isDirectory(p) ? p : p.getParent());
            });
  }

  /** Absolute, without symbolic links. */
  public Path root() {
    return root;
  }

  /** False for a plain directory of C files. */
  public boolean isKernel() {
    return kernel;
  }

  /** What the top Makefile says; empty when it says nothing. */
  public Optional<KernelVersion> version() {
    return version;
  }

  /**
   * What discovery found.
   *
   * @param files sorted by path, each once
   * @param skipped sorted by path
   */
  public record Discovery(List<SourceFile> files, List<SkippedFile> skipped) {}

  /** All kernel code of the tree, as it was when this was asked first. */
  public Discovery discover(ArchSelection arch) {
    return whole.computeIfAbsent(arch, a -> discover(List.of(root), a));
  }

  /**
   * The .c and .h files below the paths. What is not kernel code (tools, samples, scripts, other
   * architectures) is left out unless a path names it or something in it. Symbolic links below a
   * path are not followed: inside the tree their target is found by itself, and outside it is not
   * the tree's.
   *
   * @param paths files or directories, absolute or relative to the working directory
   * @throws SourceException if a path does not exist or lies outside the tree, or the tree has no
   *     such architecture
   */
  public Discovery discover(List<Path> paths, ArchSelection arch) {
    if (kernel && arch.name().isPresent()) {
      String name = arch.name().get();
      if (Files.isDirectory(root.resolve("arch"))
          && !Files.isDirectory(root.resolve("arch").resolve(name))) {
        throw new SourceException("no such architecture in this tree: arch/" + name);
      }
    }
    Walk walk = new Walk(arch);
    for (Path given : paths) {
      Path path = real(given);
      if (!path.startsWith(root)) {
        throw new SourceException("outside the tree " + root + ": " + given);
      }
      walk.visit(path, relative(path));
    }
    for (String path : overlay.paths()) {
      walk.files.remove(path);
      if (isBelow(path, paths)) {
        files(List.of(path), arch).forEach(file -> walk.files.put(path, file));
      }
    }
    return new Discovery(
        List.copyOf(walk.files.values()),
        walk.skipped.values().stream().sorted(Comparator.comparing(SkippedFile::path)).toList());
  }

  private boolean isBelow(String path, Collection<Path> directories) {
    return directories.stream().anyMatch(d -> root.resolve(path).startsWith(d));
  }

  /**
   * Those of the paths that are kernel code and that the tree has, in order.
   *
   * @param paths relative to the tree, separated by '/'
   */
  public List<SourceFile> files(Collection<String> paths, ArchSelection arch) {
    return paths.stream()
        .filter(path -> isSource(path) && isKernelCodeBelow(path, arch))
        .sorted()
        .map(this::file)
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * A file of the tree.
   *
   * @param path relative to the tree, separated by '/'
   * @return empty if the tree has no regular file there
   */
  public Optional<SourceFile> file(String path) {
    Path file = root.resolve(path).normalize();
    if (!file.startsWith(root)) {
      return Optional.empty();
    }
    if (overlay.covers(path)) {
      return overlay
          .content(path)
          .map(content -> new SourceFile(path, file, 0, SourceFile.UNKNOWN_TIME, content));
    }
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile()
          ? Optional.of(SourceFile.of(path, file, attributes))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private boolean isKernelCodeBelow(String path, ArchSelection arch) {
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (!isKernelCode(path.substring(0, slash), arch)) {
        return false;
      }
    }
    return true;
  }

  private String relative(Path path) {
    String text = root.relativize(path).toString();
    String separator = root.getFileSystem().getSeparator();
    return separator.equals("/") ? text : text.replace(separator, "/");
  }

  private boolean isKernelCode(String path, ArchSelection arch) {
    if (!kernel) {
      return true;
    }
    if (path.indexOf('/') < 0) {
      return !NOT_KERNEL_CODE.contains(path);
    }
    if (path.startsWith("arch/")) {
      int slash = path.indexOf('/', 5);
      if (slash < 0) {
        return arch.includes(path.substring(5));
      }
      // arch/<name>/tools and boot/tools run on the build machine; arch/x86/um belongs to user-mode
      // Linux.
      return !path.endsWith("/tools") && !(path.equals("arch/x86/um") && !arch.includes("um"));
    }
    return true;
  }

  /** One discovery; paths are keyed by name, so overlapping sub-paths add nothing twice. */
  private final class Walk {
    final TreeMap<String, SourceFile> files = new TreeMap<>();
    final TreeMap<String, SkippedFile> skipped = new TreeMap<>();
    private final ArchSelection arch;

    Walk(ArchSelection arch) {
      this.arch = arch;
    }

    void visit(Path path, String name) {
      BasicFileAttributes attributes;
      try {
        attributes =
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      } catch (IOException e) {
        skip(name, e);
        return;
      }
      if (attributes.isDirectory()) {
        list(path, name);
      } else if (attributes.isRegularFile()) {
        files.put(name, SourceFile.of(name, path, attributes));
      } else {
        skipped.put(name, new SkippedFile(name, kindOf(attributes, path)));
      }
    }

    private void list(Path directory, String name) {
      // Names are collected before descending: an open stream per level would use up descriptors.
      List<Path> entries = new ArrayList<>();
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
        stream.forEach(entries::add);
      } catch (IOException e) {
        skip(name, e);
        return;
      } catch (DirectoryIteratorException e) {
        skip(name, e.getCause());
      }
      for (Path entry : entries) {
        String file = entry.getFileName().toString();
        String path = name.isEmpty() ? file : name + "/" + file;
        BasicFileAttributes attributes;
        try {
          attributes =
              Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
          skip(path, e);
          continue;
        }
        if (attributes.isDirectory()) {
          if (!file.equals(".git") && isKernelCode(path, arch)) {
            list(entry, path);
          }
        } else if (attributes.isSymbolicLink()) {
          if (isSource(file) && !pointsInside(entry)) {
            skipped.put(path, new SkippedFile(path, "a symbolic link out of the tree"));
          }
        } else if (isSource(file)) {
          if (attributes.isRegularFile()) {
            files.put(path, SourceFile.of(path, entry, attributes));
          } else {
            skipped.put(path, new SkippedFile(path, kindOf(attributes, entry)));
          }
        }
      }
    }

    private void skip(String name, IOException e) {
      String reason =
          e instanceof AccessDeniedException ? "permission denied" : "not readable: " + oneLine(e);
      skipped.put(name, new SkippedFile(name.isEmpty() ? "." : name, reason));
    }
  }

  private boolean pointsInside(Path link) {
    try {
      return link.toRealPath().startsWith(root);
    } catch (IOException | SecurityException e) {
      return false;
    }
  }

  private static boolean isSource(String file) {
    return file.endsWith(".c") || file.endsWith(".h");
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (java.nio.file.NoSuchFileException e) {
      throw new SourceException("no such file or directory: " + path);
    } catch (AccessDeniedException e) {
      throw new SourceException("permission denied: " + path);
    } catch (IOException e) {
      throw new SourceException("cannot read " + path + ": " + oneLine(e));
    }
  }

  private static boolean looksLikeKernel(Path directory) {
    return Files.isRegularFile(directory.resolve("Makefile"))
        && (Files.exists(directory.resolve("Kbuild"))
            || Files.exists(directory.resolve("Kconfig")));
  }

  private static Optional<KernelVersion> readVersion(Path directory) {
    Path makefile = directory.resolve("Makefile");
    if (!Files.isRegularFile(makefile)) {
      return Optional.empty();
    }
    int[] numbers = {-1, -1, 0};
    try (var lines = Files.lines(makefile, StandardCharsets.ISO_8859_1)) {
      lines
          .limit(MAKEFILE_LINES)
          .forEach(
              line -> {
                Matcher m = NUMBER.matcher(line);
                if (m.matches() && !m.group(2).isEmpty()) {
                  int index =
                      switch (m.group(1)) {
                        case "VERSION" -> 0;
                        case "PATCHLEVEL" -> 1;
                        default -> 2;
                      };
                  numbers[index] = Integer.parseInt(m.group(2));
                }
              });
    } catch (IOException | java.io.UncheckedIOException e) {
      return Optional.empty();
    }
    return numbers[0] < 0 || numbers[1] < 0
        ? Optional.empty()
        : Optional.of(new KernelVersion(numbers[0], numbers[1], numbers[2]));
  }

  /** What a file that is not a regular one is, for a message. */
  static String kindOf(BasicFileAttributes attributes, Path path) {
    if (attributes.isDirectory()) {
      return "a directory";
    }
    if (attributes.isSymbolicLink()) {
      return "a symbolic link";
    }
    try {
      int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      return switch (mode & 0170000) {
        case 0010000 -> "a named pipe";
        case 0140000 -> "a socket";
        case 0020000, 0060000 -> "a device";
        default -> "not a regular file";
      };
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return "not a regular file";
    }
  }

  static String oneLine(IOException e) {
    String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return text.lines().findFirst().orElse("");
  }
}
