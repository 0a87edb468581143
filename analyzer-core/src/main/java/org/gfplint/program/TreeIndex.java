package org.gfplint.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.gfplint.facts.FactsKey;
import org.gfplint.facts.FileFacts;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.source.SourceFile;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * Which files of a tree define and which call a name, as of the last run over the whole tree. With
 * it, a run over one file finds callers and callees without reading the tree.
 *
 * <p>Names are kept as 64-bit hashes: two that share one cost a needless look at a file, no more.
 */
public final class TreeIndex implements AutoCloseable {
  private static final int FORMAT = 1;
  private static final String DIRECTORY = "trees";

  /**
   * One file as it was when the index was made.
   *
   * @param modified time of modification; nanoseconds since 1970
   */
  public record Entry(String path, long size, long modified, FactsKey key) {}

  /** What is put into an index for one file; the names are hashed. */
  record Row(Entry entry, long[] defines, long[] calls) {}

  private final Connection connection;
  private final PreparedStatement defining;
  private final PreparedStatement calling;

  private TreeIndex(Connection connection) throws SQLException {
    this.connection = connection;
    this.defining = connection.prepareStatement(select("defines"));
    this.calling = connection.prepareStatement(select("calls"));
  }

  private static String select(String table) {
    return "select path, size, modified, key from "
        + table
        + " join file on file.id = "
        + table
        + ".file where name = ? order by path";
  }

  private static Path file(Path directory, Path root, String arch) {
    byte[] tree = (root + "\n" + arch).getBytes(StandardCharsets.UTF_8);
    return directory.resolve(DIRECTORY).resolve(UUID.nameUUIDFromBytes(tree) + ".db");
  }

  /** The index of a tree; empty if there is none that this build can use. */
  public static Optional<TreeIndex> open(Path directory, Path root, String arch) {
    Path file = file(directory, root, arch);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Connection connection = null;
    try {
      SQLiteConfig config = new SQLiteConfig();
      config.setReadOnly(true);
      connection = JDBC.createConnection("jdbc:sqlite:" + file.toUri(), config.toProperties());
      try (Statement s = connection.createStatement();
          ResultSet r = s.executeQuery("pragma user_version")) {
        if (r.next() && r.getInt(1) == version()) {
          return Optional.of(new TreeIndex(connection));
        }
      }
      connection.close();
    } catch (SQLException e) {
      // Damaged or half written by hand: as good as none.
      close(connection);
    }
    return Optional.empty();
  }

  private static int version() {
    return FORMAT + FactsKey.extractor() * 31;
  }

  private static void close(Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      // It was only read.
    }
  }

  /** Files that define the name where others can see it. */
  public List<Entry> defining(String name) throws SQLException {
    return entries(defining, name);
  }

  /** Files that call the name. */
  public List<Entry> calling(String name) throws SQLException {
    return entries(calling, name);
  }

  private static List<Entry> entries(PreparedStatement statement, String name) throws SQLException {
    statement.setLong(1, hash(name));
    List<Entry> entries = new ArrayList<>();
    try (ResultSet r = statement.executeQuery()) {
      while (r.next()) {
        entries.add(
            new Entry(r.getString(1), r.getLong(2), r.getLong(3), FactsKey.ofHash(r.getBytes(4))));
      }
    }
    return entries;
  }

  /** FNV-1a with a final mix. */
  static long hash(String name) {
    long h = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      h = (h ^ name.charAt(i)) * 0x100000001b3L;
    }
    return h ^ (h >>> 29);
  }

  @Override
  public void close() {
    close(connection);
  }

  /** What a file contributes to the index. */
  static Row row(SourceFile file, FactsKey key, FileFacts facts) {
    boolean header = file.path().endsWith(".h");
    Set<String> defines = new HashSet<>();
    Set<String> calls = new HashSet<>();
    for (FunctionFacts function : facts.functions()) {
      if (header || function.linkage() == FunctionFacts.Linkage.GLOBAL) {
        defines.add(function.name());
      }
      Calls.of(function).forEach(c -> calls.add(c.callee()));
    }
    if (header) {
      facts.constants().forEach(c -> defines.add(c.name()));
    }
    calls.remove("");
    Entry entry = new Entry(file.path(), file.size(), file.modified(), key);
    return new Row(entry, hashes(defines), hashes(calls));
  }

  private static long[] hashes(Set<String> names) {
    return names.stream().mapToLong(TreeIndex::hash).toArray();
  }

  /** Writes the index of a tree anew; whole or not at all. */
  static void write(Path directory, Path root, String arch, List<Row> rows, Consumer<String> warn) {
    Path file = file(directory, root, arch);
    rows.sort(Comparator.comparing(r -> r.entry.path));
    String digest = digest(rows);
    try {
      if (digest.equals(digestOf(file))) {
        return;
      }
      Files.createDirectories(file.getParent());
      Path next = Files.createTempFile(file.getParent(), "index", ".tmp");
      try {
        fill(next, digest, rows);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(next);
      }
    } catch (IOException | SQLException e) {
      warn.accept(
          ("the index of the tree cannot be written (" + e.getMessage() + ")")
              .replaceAll("\\s+", " "));
    }
  }

  /** Stands for all that the index says: nothing changed, nothing to write. */
  private static String digest(List<Row> rows) {
    long h = rows.size();
    for (Row row : rows) {
      h = h * 31 + hash(row.entry.path);
      h = h * 31 + row.entry.modified;
      h = h * 31 + Arrays.hashCode(row.entry.key.hash());
    }
    return Long.toHexString(h);
  }

  private static String digestOf(Path file) {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    try (Connection c =
            JDBC.createConnection("jdbc:sqlite:" + file.toUri(), config.toProperties());
        Statement s = c.createStatement();
        ResultSet r = s.executeQuery("select digest from made where version = " + version())) {
      return r.next() ? r.getString(1) : "";
    } catch (SQLException e) {
      return "";
    }
  }

  private static void fill(Path file, String digest, List<Row> rows) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
    config.setJournalMode(SQLiteConfig.JournalMode.OFF);
    try (Connection c =
        JDBC.createConnection("jdbc:sqlite:" + file.toUri(), config.toProperties())) {
      c.setAutoCommit(false);
      try (Statement s = c.createStatement()) {
        s.executeUpdate("pragma user_version = " + version());
        s.executeUpdate("create table made (version integer not null, digest text not null)");
        s.executeUpdate("insert into made values (" + version() + ", '" + digest + "')");
        s.executeUpdate(
            "create table file (id integer primary key, path text not null,"
                + " size integer not null, modified integer not null, key blob not null)");
        for (String table : List.of("defines", "calls")) {
          s.executeUpdate(
              "create table "
                  + table
                  + " (name integer not null, file integer not null, primary key (name, file))"
                  + " without rowid");
        }
      }
      try (PreparedStatement insert =
          c.prepareStatement("insert into file values (?, ?, ?, ?, ?)")) {
        for (int i = 0; i < rows.size(); i++) {
          Entry e = rows.get(i).entry;
          insert.setInt(1, i);
          insert.setString(2, e.path);
          insert.setLong(3, e.size);
          insert.setLong(4, e.modified);
          insert.setBytes(5, e.key.hash());
          insert.executeUpdate();
        }
      }
      insertPairs(c, "defines", rows.stream().map(Row::defines).toList());
      insertPairs(c, "calls", rows.stream().map(Row::calls).toList());
      c.commit();
    }
  }

  /** In the order of the primary key, so that the table grows at its end. */
  private static void insertPairs(Connection c, String table, List<long[]> names)
      throws SQLException {
    record Pair(long name, int file) {}
    int size = names.stream().mapToInt(n -> n.length).sum();
    Pair[] pairs = new Pair[size];
    int at = 0;
    for (int f = 0; f < names.size(); f++) {
      for (long name : names.get(f)) {
        pairs[at++] = new Pair(name, f);
      }
    }
    Arrays.sort(
        pairs,
        (a, b) ->
            a.name != b.name ? Long.compare(a.name, b.name) : Integer.compare(a.file, b.file));
    try (PreparedStatement insert =
        c.prepareStatement("insert or ignore into " + table + " values (?, ?)")) {
      for (Pair p : pairs) {
        insert.setLong(1, p.name);
        insert.setInt(2, p.file);
        insert.executeUpdate();
      }
    }
  }
}
