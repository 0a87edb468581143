package org.gfplint.change;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gfplint.rules.ChangeSet;
import org.gfplint.rules.InputException;
import org.gfplint.source.Overlay;

/** Changes of a tree that git knows of. Open as long as the files of a change may be read. */
public final class GitChanges implements AutoCloseable {
  private static final Pattern NOTHING = Pattern.compile("0+");
  private static final String[] RAW = {
    "--raw", "-z", "--no-abbrev", "-M", "-l200", "--ignore-submodules=all"
  };

  private final GitCommand git;
  private final Path tree;
  private final Path directory;
  private final GitCommand.Objects objects;

  /** Path of the tree in the repository: "" or with '/' at its end. */
  private final String prefix;

  /**
   * A file as git compares two trees.
   *
   * @param oldId "" if there was no file
   * @param newId "" if there is none, null if it is the one on disk
   */
  private record Entry(String oldPath, String oldId, String newPath, String newId) {}

  /**
   * Changes in the repository that a tree is in.
   *
   * @param tree root of a kernel tree
   * @param environment of the process
   * @param directory the process runs in
   * @throws InputException if there is no git or no repository
   */
  public GitChanges(Path tree, Map<String, String> environment, Path directory) {
    this.tree = tree;
    // Their paths may be relative to where git started the process.
    boolean told = environment.containsKey("GIT_DIR") || environment.containsKey("GIT_INDEX_FILE");
    this.directory = told ? directory : tree;
    this.git = GitCommand.in(this.directory, environment);
    this.objects = new GitCommand.Objects(git);
    this.prefix = prefix(git.top());
  }

  private String prefix(Path top) {
    if (!tree.startsWith(top)) {
      throw new InputException(tree + " is not in the work tree " + top);
    }
    return top.equals(tree) ? "" : top.relativize(tree).toString().replace('\\', '/') + "/";
  }

  /**
   * What is staged, against what it is to be committed on. Files that are not staged count as they
   * are in the index.
   */
  public ChangeSet staged() {
    Overlay around = unstaged();
    List<Map<String, Entry>> parents = new ArrayList<>();
    for (String parent : parents()) {
      Map<String, Entry> entries = new LinkedHashMap<>();
      for (Entry e : entries(with("diff-index", RAW, "--cached", parent))) {
        entries.put(e.newPath, e);
      }
      parents.add(entries);
    }
    // What a merge takes as it is from one of its parents was judged there.
    for (Map<String, Entry> entries : parents) {
      parents.forEach(other -> entries.keySet().retainAll(other.keySet()));
    }
    List<Sides> sides = parents.stream().map(p -> sides(List.copyOf(p.values()))).toList();
    return change(sides, around);
  }

  private static ChangeSet change(List<Sides> sides, Overlay around) {
    Map<String, List<ChangeSet.Lines>> lines = new HashMap<>();
    Map<String, String> renamed = new HashMap<>();
    for (Sides side : sides) {
      side.after(around)
          .lines()
          .forEach(
              (path, some) ->
                  lines.merge(
                      path,
                      some,
                      (a, b) -> {
                        List<ChangeSet.Lines> both = new ArrayList<>(a);
                        both.addAll(b);
                        return both;
                      }));
      renamed.putAll(side.renamed());
    }
    Overlay after = sides.get(0).after(around).files();
    return new ChangeSet(
        new ChangeSet.State(after, lines),
        sides.stream().map(s -> s.before(around)).toList(),
        renamed);
  }

  /**
   * What lies between two revisions.
   *
   * @param range {@code A..B}, {@code A...B} from where the two part, or {@code A} up to the files
   *     on disk
   * @throws InputException if a revision is not known
   */
  public ChangeSet between(String range) {
    int dots = range.indexOf("..");
    if (dots < 0) {
      Sides sides = sides(entries(with("diff-index", RAW, treeOf(range))));
      return new ChangeSet(
          sides.after(Overlay.NONE), List.of(sides.before(Overlay.NONE)), sides.renamed());
    }
    boolean parting = range.startsWith("...", dots);
    String from = range.substring(0, dots);
    String to = range.substring(dots + (parting ? 3 : 2));
    from = from.isEmpty() ? "HEAD" : from;
    to = to.isEmpty() ? "HEAD" : to;
    String old = parting ? mergeBase(from, to) : treeOf(from);
    Sides sides = sides(entries(with("diff-tree", RAW, "-r", old, treeOf(to))));
    Map<String, Optional<Overlay.Content>> files = new HashMap<>();
    for (Entry e : entries(with("diff-index", RAW, "--no-renames", treeOf(to)))) {
      files.put(e.oldPath, content(e.oldId));
    }
    Overlay around = Overlay.of(files);
    return new ChangeSet(sides.after(around), List.of(sides.before(around)), sides.renamed());
  }

  /**
   * A file as it is staged; empty if it is not.
   *
   * @param path relative to the tree
   */
  public Optional<byte[]> stagedFile(String path) {
    return file(":" + prefix + path);
  }

  /**
   * A file of a revision; empty if that has none.
   *
   * @param path relative to the tree
   * @throws InputException if the revision is not known
   */
  public Optional<byte[]> fileOf(String revision, String path) {
    return file(treeOf(revision) + ":" + prefix + path);
  }

  /**
   * Whether the last commit or the next one has the file.
   *
   * @param path relative to the tree
   */
  public boolean isTracked(String path) {
    return stagedFile(path).isPresent() || file("HEAD:" + prefix + path).isPresent();
  }

  private Optional<byte[]> file(String name) {
    GitCommand.Result content = git.run("cat-file", "blob", name);
    return content.isGood()
        ? Optional.of(content.out().getBytes(StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private String mergeBase(String one, String other) {
    GitCommand.Result base = git.run("merge-base", "--", commit(one), commit(other));
    if (!base.isGood()) {
      throw new InputException("'" + one + "' and '" + other + "' have no commit in common");
    }
    return base.line();
  }

  private String treeOf(String revision) {
    return resolve(revision, "^{tree}");
  }

  private String commit(String revision) {
    return resolve(revision, "^{commit}");
  }

  private String resolve(String revision, String kind) {
    GitCommand.Result id =
        git.run("rev-parse", "--verify", "--quiet", "--end-of-options", revision + kind);
    // Older versions print the option, too.
    String[] lines = id.line().split("\n");
    String last = lines[lines.length - 1];
    if (!id.isGood() || !last.matches("[0-9a-f]{40,}")) {
      throw new InputException(
          "git knows no revision '" + revision.replaceAll("\\p{Cntrl}", "?") + "'");
    }
    return last;
  }

  /** What the next commit is made on: HEAD and, in a merge, what is merged; or the empty tree. */
  private List<String> parents() {
    List<String> parents = new ArrayList<>();
    GitCommand.Result head = git.run("rev-parse", "--verify", "--quiet", "HEAD^{tree}");
    if (!head.isGood()) {
      return List.of(git.need("hash-object", "-t", "tree", "/dev/null").strip());
    }
    parents.add(head.line());
    Path merged = path(git.need("rev-parse", "--git-path", "MERGE_HEAD"));
    if (Files.isRegularFile(merged)) {
      try {
        for (String line : Files.readAllLines(merged)) {
          parents.add(treeOf(line.strip()));
        }
      } catch (IOException e) {
        throw new InputException("cannot read " + merged + ": " + e.getMessage());
      }
    }
    return parents;
  }

  private Path path(String line) {
    return directory.resolve(line.strip());
  }

  /** Files whose content on disk is not that of the index. */
  private Overlay unstaged() {
    Map<String, Optional<Overlay.Content>> files = new HashMap<>();
    for (Entry e : entries("diff-files", "--raw", "-z", "--no-abbrev", "--ignore-submodules=all")) {
      files.put(e.oldPath, content(e.oldId));
    }
    return Overlay.of(files);
  }

  private Optional<Overlay.Content> content(String id) {
    return id.isEmpty() ? Optional.empty() : Optional.of(() -> objects.read(id));
  }

  private Sides sides(List<Entry> entries) {
    Sides sides = new Sides();
    for (Entry e : entries) {
      try {
        sides.add(
            new ChangedFile(
                e.oldPath,
                e.oldId.isEmpty() ? Optional.empty() : Optional.of(objects.read(e.oldId)),
                e.newPath,
                e.newId == null
                    ? onDisk(e.newPath)
                    : e.newId.isEmpty() ? Optional.empty() : Optional.of(objects.read(e.newId))));
      } catch (IOException ex) {
        throw new InputException("cannot read " + e.newPath + ": " + ex.getMessage());
      }
    }
    return sides;
  }

  private Optional<byte[]> onDisk(String path) throws IOException {
    Path file = tree.resolve(path);
    return Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(Files.readAllBytes(file))
        : Optional.empty();
  }

  private static String[] with(String command, String[] options, String... rest) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(options));
    all.addAll(List.of(rest));
    return all.toArray(String[]::new);
  }

  /** C files of the tree in git's raw form: modes, ids, status, then a path or two. */
  private List<Entry> entries(String... command) {
    List<Entry> entries = new ArrayList<>();
    String[] parts = git.need(command).split("\0");
    int at = 0;
    while (at < parts.length && parts[at].startsWith(":")) {
      String[] fields = parts[at++].substring(1).split(" ");
      String oldPath = parts[at++];
      boolean two = fields[4].startsWith("R") || fields[4].startsWith("C");
      String newPath = two ? parts[at++] : oldPath;
      if (fields[4].startsWith("U")) {
        // Not merged yet: there is no content to speak of.
        continue;
      }
      boolean gone = fields[4].startsWith("D");
      String oldId = isFile(fields[0]) ? id(fields[2]) : "";
      String newId = gone || !isFile(fields[1]) ? "" : id(fields[3]);
      boolean copied = fields[4].startsWith("C");
      entry(copied ? newPath : oldPath, copied ? "" : oldId, newPath, newId, gone)
          .ifPresent(entries::add);
    }
    return entries;
  }

  private Optional<Entry> entry(
      String oldPath, String oldId, String newPath, String newId, boolean gone) {
    if (!isSource(oldPath) || !isSource(newPath)) {
      return Optional.empty();
    }
    return Optional.of(
        new Entry(
            oldPath.substring(prefix.length()),
            oldId,
            newPath.substring(prefix.length()),
            newId.isEmpty() && !gone ? null : newId));
  }

  private boolean isSource(String path) {
    return path.startsWith(prefix) && (path.endsWith(".c") || path.endsWith(".h"));
  }

  private static boolean isFile(String mode) {
    return mode.startsWith("100");
  }

  private static String id(String id) {
    return NOTHING.matcher(id).matches() ? "" : id;
  }

  @Override
  public void close() {
    objects.close();
  }
}
