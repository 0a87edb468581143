package org.gfplint.facts;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * The SQLite file behind a {@link FactsStore}: values by number, and when each was last used.
 *
 * <p>It keeps a rollback journal rather than a write-ahead log: that is a little slower, but maps
 * no memory that a damaged file could pull away, and works on read-only and network file systems.
 * Nothing waits for the disk. After a power failure the file may be damaged, which readers see;
 * when a process is killed it is whole.
 */
final class FactsDatabase implements AutoCloseable {
  /** "gfpf": marks the file as ours. */
  private static final int APPLICATION = 0x67667066;

  /** Of tables and values; a higher one was written by a newer gfplint. */
  private static final int FORMAT = 2;

  /** Longer than another run ever holds the file. */
  private static final int BUSY_MILLIS = 3000;

  /**
   * Of what may be stored this much is left after old entries were dropped; percent. Little at a
   * time: to drop a fifth of 2 GiB holds the file for 5 s, and other runs would give up.
   */
  private static final int KEPT = 98;

  // The driver tells java.util.logging, and thereby standard error, what it throws as well.
  private static final Logger DRIVER_LOG = Logger.getLogger("org.sqlite");

  static {
    DRIVER_LOG.setLevel(Level.OFF);
  }

  /** What a file turned out to be. */
  enum Kind {
    OURS,
    OLDER,
    NEWER,
    FOREIGN
  }

  /** One value; {@code used} is in seconds since 1970. */
  record Entry(long id, byte[] value, long used) {}

  private final Path file;
  private final Connection writer;
  private final Kind kind;
  private final ConcurrentLinkedQueue<Lookup> lookups = new ConcurrentLinkedQueue<>();

  /** Opens the file, or makes it. */
  FactsDatabase(Path file) throws SQLException {
    this.file = file;
    writer = connect();
    try {
      kind = identify();
    } catch (SQLException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  Kind kind() {
    return kind;
  }

  private Connection connect() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setSynchronous(SynchronousMode.OFF);
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    return Sqlite.connect(file, config);
  }

  private Kind identify() throws SQLException {
    Kind found = kindOf();
    if (found != null) {
      return found;
    }
    writer.setAutoCommit(false);
    try (Statement s = writer.createStatement()) {
      // A transaction begins with the first statement; until then another run may have been faster.
      s.executeUpdate("pragma application_id = " + APPLICATION);
      found = kindOfSchema();
      if (found == null) {
        s.executeUpdate("create table facts (id integer primary key, value blob not null)");
        s.executeUpdate(
            "create table usage"
                + " (id integer primary key, used integer not null, bytes integer not null)");
        s.executeUpdate("pragma user_version = " + FORMAT);
        found = Kind.OURS;
      }
      writer.commit();
      return found;
    } catch (SQLException e) {
      rollback();
      throw e;
    } finally {
      writer.setAutoCommit(true);
    }
  }

  /** Null for a file that is still empty. */
  private Kind kindOf() throws SQLException {
    // In this order: another run may make the tables, and set the number with them, at any time.
    boolean empty = number("select count(*) from sqlite_schema") == 0;
    long application = number("pragma application_id");
    if (empty && application == 0) {
      return null;
    }
    return application == APPLICATION ? kindOfSchema() : Kind.FOREIGN;
  }

  private Kind kindOfSchema() throws SQLException {
    long version = number("pragma user_version");
    if (version == 0 && number("select count(*) from sqlite_schema") == 0) {
      return null;
    }
    return version == FORMAT ? Kind.OURS : version > FORMAT ? Kind.NEWER : Kind.OLDER;
  }

  private long number(String query) throws SQLException {
    try (Statement s = writer.createStatement();
        ResultSet row = s.executeQuery(query)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** The entry of that number. From any thread. */
  Optional<Entry> get(long id) throws SQLException {
    Lookup lookup = lookups.poll();
    if (lookup == null) {
      lookup = new Lookup(connect());
    }
    try {
      return lookup.get(id);
    } finally {
      lookups.add(lookup);
    }
  }

  /** A connection of its own with the one query that it serves. */
  private static final class Lookup {
    private final Connection connection;
    private final PreparedStatement query;

    Lookup(Connection connection) throws SQLException {
      this.connection = connection;
      query =
          connection.prepareStatement(
              "select value, used from facts left join usage using (id) where facts.id = ?");
    }

    Optional<Entry> get(long id) throws SQLException {
      query.setLong(1, id);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        byte[] value = row.getBytes(1);
        // A column of another type than ours comes from damage.
        return Optional.of(new Entry(id, value == null ? new byte[0] : value, row.getLong(2)));
      }
    }
  }

  /**
   * Writes entries, in one transaction. What was used longest ago makes room for them.
   *
   * @param maxBytes what the file may grow to
   */
  synchronized void put(List<Entry> entries, long maxBytes) throws SQLException {
    long bytes = entries.stream().mapToLong(e -> e.value.length).sum();
    writer.setAutoCommit(false);
    try (PreparedStatement facts =
            writer.prepareStatement("insert or replace into facts values (?, ?)");
        PreparedStatement usage =
            writer.prepareStatement("insert or replace into usage values (?, ?, ?)")) {
      makeRoom(bytes, maxBytes);
      for (Entry entry : entries) {
        facts.setLong(1, entry.id);
        facts.setBytes(2, entry.value);
        facts.executeUpdate();
        usage.setLong(1, entry.id);
        usage.setLong(2, entry.used);
        usage.setLong(3, entry.value.length);
        usage.executeUpdate();
      }
      writer.commit();
    } catch (SQLException e) {
      rollback();
      throw e;
    } finally {
      writer.setAutoCommit(true);
    }
  }

  /** Notes when entries were used. */
  synchronized void touch(Collection<Long> ids, long used) throws SQLException {
    writer.setAutoCommit(false);
    try (PreparedStatement usage =
        writer.prepareStatement("update usage set used = ? where id = ?")) {
      for (long id : ids) {
        usage.setLong(1, used);
        usage.setLong(2, id);
        usage.executeUpdate();
      }
      writer.commit();
    } catch (SQLException e) {
      rollback();
      throw e;
    } finally {
      writer.setAutoCommit(true);
    }
  }

  private void makeRoom(long wanted, long maxBytes) throws SQLException {
    long pageSize = number("pragma page_size");
    long inUse = (number("pragma page_count") - number("pragma freelist_count")) * pageSize;
    // The end of a value's last page stays empty, and a page of the tree may be half full.
    if (inUse + wanted * 2 <= maxBytes) {
      return;
    }
    long surplus = inUse + wanted * 2 - maxBytes * KEPT / 100;
    List<Long> oldest = new ArrayList<>();
    try (Statement s = writer.createStatement();
        ResultSet row = s.executeQuery("select id, bytes from usage order by used, id")) {
      while (surplus > 0 && row.next()) {
        oldest.add(row.getLong(1));
        surplus -= row.getLong(2);
      }
    }
    try (PreparedStatement facts = writer.prepareStatement("delete from facts where id = ?");
        PreparedStatement usage = writer.prepareStatement("delete from usage where id = ?")) {
      for (long id : oldest) {
        facts.setLong(1, id);
        facts.executeUpdate();
        usage.setLong(1, id);
        usage.executeUpdate();
      }
    }
  }

  private void rollback() {
    try {
      writer.rollback();
    } catch (SQLException e) {
      // SQLite did so already; what went wrong is on its way to the caller.
    }
  }

  @Override
  public synchronized void close() throws SQLException {
    Lookup lookup;
    while ((lookup = lookups.poll()) != null) {
      lookup.connection.close();
    }
    writer.close();
  }
}
