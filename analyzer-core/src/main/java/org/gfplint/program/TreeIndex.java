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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.gfplint.facts.FactsKey;
import org.gfplint.facts.FileFacts;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.Sqlite;
import org.gfplint.source.SourceFile;
import org.sqlite.SQLiteConfig;

/**
 * Which files of a tree define and which call a name, as of the last run over the whole tree. With
 * it, a run over one file finds callers and callees without reading the tree.
 *
 * <p>Names are kept as 64-bit hashes: two that share one cost a needless look at a file, no more.
 */
public final class TreeIndex implements AutoCloseable {
  private static final int FORMAT = 3;

  /** What was changed this shortly before may be changed again at the same time; nanoseconds. */
  private static final long SAME_TIME = 2_000_000_000L;

  private static final String DIRECTORY = "trees";

  /** Since 6.10 an allocation is a macro that counts by caller, round a function of such a name. */
  private static final String COUNTED = "_noprof";

  /**
   * One file as it was when the index was made.
   *
   * @param modified time of modification; nanoseconds since 1970
   */
  public record Entry(String path, long size, long modified, FactsKey key) {}

  /**
   * Which tree an index is of, and where it is kept.
   *
   * @param cache directory of everything that is kept between runs
   * @param arch which architecture's files
   */
  public record Place(Path cache, Path root, String arch) {
    private Path file() {
      byte[] tree = (root + "\n" + arch).getBytes(StandardCharsets.UTF_8);
      return cache.resolve(DIRECTORY).resolve(UUID.nameUUIDFromBytes(tree) + ".db");
    }
  }

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

  /** Files are numbered in the order of their paths. */
  private static String select(String table) {
    return "select path, size, modified, key from "
        + table
        + " join file on file.id = "
        + table
        + ".file where name = ? order by "
        + table
        + ".file";
  }

  /** The index of a tree; empty if there is none that this build can use. */
  public static Optional<TreeIndex> open(Place place) {
    Path file = place.file();
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Connection connection = null;
    try {
      connection = readOnly(file);
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

  /**
   * The keys of those files that did not change since the last run over the whole tree, by path.
   *
   * @param dictionary fingerprint of what the tree's macros stand for now
   */
  public static Map<String, FactsKey> unchanged(
      Place place, long dictionary, List<SourceFile> files) {
    Map<String, FactsKey> keys = new HashMap<>();
    if (!Files.isRegularFile(place.file())) {
      return keys;
    }
    try (Connection c = readOnly(place.file());
        Statement s = c.createStatement()) {
      long made = 0;
      try (ResultSet r = s.executeQuery("select version, dictionary, at from made")) {
        if (!r.next() || r.getInt(1) != version() || r.getLong(2) != dictionary) {
          return Map.of();
        }
        made = r.getLong(3);
      }
      Map<String, SourceFile> now = new HashMap<>();
      files.forEach(f -> now.put(f.path(), f));
      try (ResultSet r = s.executeQuery("select path, size, modified, key from file")) {
        while (r.next()) {
          SourceFile file = now.get(r.getString(1));
          if (file != null
              && file.size() == r.getLong(2)
              && file.modified() == r.getLong(3)
              && file.modified() < made - SAME_TIME) {
            keys.put(file.path(), FactsKey.ofHash(r.getBytes(4)));
          }
        }
      }
      return keys;
    } catch (SQLException e) {
      // None yet, or damaged: every file is read.
      return Map.of();
    }
  }

  private static Connection readOnly(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    return Sqlite.connect(file, config);
  }

  /** Files that define the name, or the function it is {@link #counted} by, where others see it. */
  public List<Entry> defining(String name) throws SQLException {
    return entries(defining, hash(name));
  }

  /** The function behind a name that counts allocations. */
  static String counted(String name) {
    return name + COUNTED;
  }

  /**
   * Headers that define the type.
   *
   * @param hash one of {@link org.gfplint.facts.TypeFacts#nameHashes}
   */
  public List<Entry> definingType(int hash) throws SQLException {
    return entries(defining, ofType(hash));
  }

  /** Files that call the name. */
  public List<Entry> calling(String name) throws SQLException {
    return entries(calling, hash(name));
  }

  private static List<Entry> entries(PreparedStatement statement, long name) throws SQLException {
    statement.setLong(1, name);
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
        if (function.name().endsWith(COUNTED)) {
          defines.add(function.name().substring(0, function.name().length() - COUNTED.length()));
        }
      }
      Calls.of(function).forEach(c -> calls.add(c.callee()));
    }
    if (header) {
      facts.constants().forEach(c -> defines.add(c.name()));
    }
    calls.remove("");
    Entry entry = new Entry(file.path(), file.size(), file.modified(), key);
    LongStream types =
        header
            ? Arrays.stream(facts.types().nameHashes()).mapToLong(TreeIndex::ofType)
            : LongStream.empty();
    long[] defined = LongStream.concat(Arrays.stream(hashes(defines)), types).toArray();
    return new Row(entry, defined, hashes(calls));
  }

  /** What stands for a name of {@link org.gfplint.facts.TypeFacts#nameHashes}. */
  private static long ofType(int hash) {
    return hash ^ 0x5479706573L << 24;
  }

  private static long[] hashes(Set<String> names) {
    return names.stream().mapToLong(TreeIndex::hash).toArray();
  }

  /**
   * Writes the index of a tree anew; whole or not at all.
   *
   * @param dictionary fingerprint of what the tree's macros stand for
   * @param started when the run began to look at files; nanoseconds since 1970
   */
  static void write(
      Place place, long dictionary, long started, List<Row> rows, Consumer<String> warn) {
    Path file = place.file();
    rows.sort(Comparator.comparing(r -> r.entry.path));
    String digest = digest(rows, dictionary);
    try {
      if (refresh(file, digest, started)) {
        return;
      }
      Files.createDirectories(file.getParent());
      Path next = Files.createTempFile(file.getParent(), "index", ".tmp");
      try {
        fill(next, digest, dictionary, started, rows);
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
  private static String digest(List<Row> rows, long dictionary) {
    long h = rows.size() * 31L + dictionary;
    for (Row row : rows) {
      h = h * 31 + hash(row.entry.path);
      h = h * 31 + row.entry.modified;
      h = h * 31 + Arrays.hashCode(row.entry.key.hash());
    }
    return Long.toHexString(h);
  }

  /** Notes that the index still holds; no if it does not. */
  private static boolean refresh(Path file, String digest, long started) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (Connection c = Sqlite.connect(file, new SQLiteConfig());
        PreparedStatement s =
            c.prepareStatement("update made set at = ? where version = ? and digest = ?")) {
      s.setLong(1, started);
      s.setInt(2, version());
      s.setString(3, digest);
      return s.executeUpdate() == 1;
    } catch (SQLException e) {
      return false;
    }
  }

  private static void fill(Path file, String digest, long dictionary, long at, List<Row> rows)
      throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
    config.setJournalMode(SQLiteConfig.JournalMode.OFF);
    try (Connection c = Sqlite.connect(file, config)) {
      c.setAutoCommit(false);
      try (Statement s = c.createStatement()) {
        s.executeUpdate("pragma user_version = " + version());
        s.executeUpdate(
            "create table made (version integer not null, digest text not null,"
                + " dictionary integer not null, at integer not null)");
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
      try (PreparedStatement insert = c.prepareStatement("insert into made values (?, ?, ?, ?)")) {
        insert.setInt(1, version());
        insert.setString(2, digest);
        insert.setLong(3, dictionary);
        insert.setLong(4, at);
        insert.executeUpdate();
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
