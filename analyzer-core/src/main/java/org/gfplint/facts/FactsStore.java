package org.gfplint.facts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.sqlite.SQLiteException;

/**
 * Packed facts on disk, for the next run. Safe for many threads, and for many processes at once on
 * the same directory.
 *
 * <p>It only ever saves time: whatever is wrong with it costs one warning, and from then on the
 * store knows and keeps less, or nothing. What it gives back is what was put in.
 */
public final class FactsStore implements AutoCloseable {
  /** What a store may take on disk unless said otherwise; bytes. */
  public static final long DEFAULT_MAX_BYTES = 2L << 30;

  private static final String FILE = "facts.db";
  private static final String LOCK = "facts.lock";

  /** Written at once: a killed run loses no more than that. Bytes, and number of values. */
  private static final int BATCH_BYTES = 1 << 20;

  private static final int BATCH_VALUES = 1024;

  /** Uses within this time count as one, to spare writing; seconds. */
  private static final long SAME_USE = 3600;

  /**
   * Where a store is and how it behaves.
   *
   * @param directory made if need be
   * @param maxBytes size on disk from which on what was used longest ago is dropped
   * @param clock tells when a value is used
   */
  public record Settings(Path directory, long maxBytes, InstantSource clock) {
    public Settings {
      directory = directory.toAbsolutePath();
    }

    /** The default size, and the system's clock. */
    public static Settings in(Path directory) {
      return new Settings(directory, DEFAULT_MAX_BYTES, InstantSource.system());
    }
  }

  private final Settings settings;
  private final Path file;
  private final Consumer<String> warn;
  private final AtomicBoolean warned = new AtomicBoolean();
  private final AtomicLong hits = new AtomicLong();
  private final AtomicLong misses = new AtomicLong();
  private final Set<Long> used = ConcurrentHashMap.newKeySet();
  private final ThreadLocal<SealedValue> sealing = ThreadLocal.withInitial(SealedValue::new);

  private FactsDatabase database;
  private FileChannel lockFile;
  private volatile boolean readable;
  private volatile boolean writable;
  private volatile boolean damaged;

  private List<FactsDatabase.Entry> pending = new ArrayList<>();
  private long pendingBytes;

  private FactsStore(Settings settings, Consumer<String> warn) {
    this.settings = settings;
    this.file = settings.directory.resolve(FILE);
    this.warn = warn;
  }

  /**
   * Opens the store, or makes it. Never fails: at worst the store stays empty.
   *
   * @param warn told at most once, in one line, what is wrong
   */
  public static FactsStore open(Settings settings, Consumer<String> warn) {
    FactsStore store = new FactsStore(settings, warn);
    store.open();
    return store;
  }

  private void open() {
    try {
      Files.createDirectories(settings.directory);
      shareLock();
      openDatabase();
    } catch (IOException e) {
      complain("the directory cannot be used (" + e + "); this run does without");
    } catch (SQLException e) {
      if (isDamage(e)) {
        rebuild("is damaged");
      } else {
        failed(e);
      }
    } catch (RuntimeException | LinkageError e) {
      failed(e);
    }
  }

  private void openDatabase() throws SQLException {
    database = new FactsDatabase(file);
    switch (database.kind()) {
      case OURS -> {
        readable = true;
        writable = true;
      }
      case OLDER -> rebuild("is of an older format");
      case NEWER -> complain("was written by a newer gfplint; this run does without");
      case FOREIGN -> complain("is a database of some other program; this run does without");
    }
  }

  /** Throws the file away and begins anew, unless another run has it open. */
  private void rebuild(String why) {
    closeDatabase();
    try {
      if (!deleteIfNotShared()) {
        complain(why + " and in use by another run; this run does without");
        return;
      }
      complain(why + "; it is made anew");
      shareLock();
      database = new FactsDatabase(file);
      readable = true;
      writable = true;
    } catch (SQLException | IOException | RuntimeException e) {
      failed(e);
    }
  }

  /**
   * The packed facts that were put under the key. Counts as a use of them.
   *
   * @return empty if there are none, or none that are whole
   */
  public Optional<byte[]> get(FactsKey key) {
    Optional<byte[]> value = readable ? lookUp(key) : Optional.empty();
    (value.isPresent() ? hits : misses).incrementAndGet();
    return value;
  }

  /**
   * The fingerprint of a file's macros that was put under the key. Known, it spares normalising a
   * file whose facts are there.
   *
   * @param key the file's with the whole dictionary
   */
  public OptionalLong macros(FactsKey key) {
    return readable
        ? lookUp(key)
            .filter(value -> value.length == Long.BYTES)
            .map(value -> OptionalLong.of(ByteBuffer.wrap(value).getLong()))
            .orElse(OptionalLong.empty())
        : OptionalLong.empty();
  }

  /** Keeps the fingerprint of a file's macros. */
  public void putMacros(FactsKey key, long macros) {
    put(key, ByteBuffer.allocate(Long.BYTES).putLong(macros).array());
  }

  private Optional<byte[]> lookUp(FactsKey key) {
    try {
      Optional<FactsDatabase.Entry> entry = database.get(key.id());
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      Optional<byte[]> value = sealing.get().open(key, entry.get().value());
      if (value.isEmpty()) {
        complain("holds damaged entries; they are made anew");
      } else if (entry.get().used() < now() - SAME_USE) {
        used.add(key.id());
      }
      return value;
    } catch (SQLException | RuntimeException e) {
      failed(e);
      return Optional.empty();
    }
  }

  /** Keeps packed facts under the key. They are on disk when the store is closed, if not sooner. */
  public void put(FactsKey key, byte[] packed) {
    if (!writable) {
      return;
    }
    byte[] sealed = sealing.get().seal(key, packed);
    if (sealed.length > settings.maxBytes / 8) {
      return;
    }
    List<FactsDatabase.Entry> batch = null;
    synchronized (this) {
      pending.add(new FactsDatabase.Entry(key.id(), sealed, now()));
      pendingBytes += sealed.length;
      if (pending.size() >= BATCH_VALUES
          || pendingBytes >= Math.min(BATCH_BYTES, settings.maxBytes / 16)) {
        batch = takePending();
      }
    }
    if (batch != null) {
      write(batch);
    }
  }

  private List<FactsDatabase.Entry> takePending() {
    List<FactsDatabase.Entry> batch = pending;
    pending = new ArrayList<>();
    pendingBytes = 0;
    return batch;
  }

  private void write(List<FactsDatabase.Entry> batch) {
    try {
      if (writable && !batch.isEmpty()) {
        database.put(batch, settings.maxBytes);
      }
    } catch (SQLException | RuntimeException e) {
      failed(e);
    }
  }

  /** How many values were there when asked for. */
  public long hits() {
    return hits.get();
  }

  /** How many were not. */
  public long misses() {
    return misses.get();
  }

  /** Whether what is put is kept; false once something went wrong. */
  public boolean isWritable() {
    return writable;
  }

  /** What the store takes on disk; bytes. */
  public long bytes() {
    return file.toFile().length();
  }

  private long now() {
    return settings.clock.instant().getEpochSecond();
  }

  /** Writes what is still to be written. */
  @Override
  public void close() {
    List<FactsDatabase.Entry> rest;
    synchronized (this) {
      rest = takePending();
    }
    write(rest);
    try {
      if (writable && !used.isEmpty()) {
        database.touch(used, now());
      }
    } catch (SQLException | RuntimeException e) {
      failed(e);
    }
    readable = false;
    closeDatabase();
    try {
      if (damaged) {
        deleteIfNotShared();
      }
      unlock();
    } catch (IOException e) {
      failed(e);
    }
  }

  private void closeDatabase() {
    try {
      if (database != null) {
        database.close();
      }
    } catch (SQLException | RuntimeException e) {
      failed(e);
    }
    database = null;
  }

  // ---- what goes wrong

  /** From now on the store does what it still can. */
  private void failed(Throwable e) {
    if (e instanceof SQLException sql && isDamage(sql)) {
      readable = false;
      writable = false;
      damaged = true;
      complain("is damaged; this run does without, the next one makes it anew");
      return;
    }
    writable = false;
    switch (codeOf(e)) {
      case FULL -> complain("cannot grow, the disk is full; nothing is added to it");
      case READ_ONLY -> complain("cannot be written; nothing is added to it");
      case BUSY -> {
        readable = false;
        complain("is held by another process; this run does without");
      }
      default -> {
        readable = false;
        complain("cannot be used (" + e.getMessage() + "); this run does without");
      }
    }
  }

  // SQLite's result codes; what is above the low byte is detail.
  private static final int ERROR = 1;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READ_ONLY = 8;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int NOT_A_DATABASE = 26;

  private static int codeOf(Throwable e) {
    int code = e instanceof SQLiteException sqlite ? sqlite.getResultCode().code & 0xff : 0;
    return code == LOCKED ? BUSY : code;
  }

  /** Our statements are right: one that SQLite does not understand found other tables than ours. */
  private static boolean isDamage(SQLException e) {
    int code = codeOf(e);
    return code == CORRUPT || code == NOT_A_DATABASE || code == ERROR;
  }

  private void complain(String what) {
    if (warned.compareAndSet(false, true)) {
      warn.accept(("facts cache " + file + " " + what).replaceAll("\\s+", " "));
    }
  }

  // ---- who uses the file: each run shares a lock, so that none deletes it under another

  private void shareLock() throws IOException {
    unlock();
    try {
      lockFile = openLockFile();
      lockFile.tryLock(0, Long.MAX_VALUE, true);
    } catch (OverlappingFileLockException e) {
      // Another store in this process has it.
    } catch (IOException e) {
      // Read-only, or a file system without locks: this run will not delete anything.
    }
  }

  private FileChannel openLockFile() throws IOException {
    return FileChannel.open(
        settings.directory.resolve(LOCK),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  private boolean deleteIfNotShared() throws IOException {
    unlock();
    try (FileChannel channel = openLockFile();
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        return false;
      }
      Files.deleteIfExists(file.resolveSibling(FILE + "-journal"));
      Files.deleteIfExists(file);
      return true;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private void unlock() throws IOException {
    if (lockFile != null) {
      lockFile.close();
      lockFile = null;
    }
  }
}
