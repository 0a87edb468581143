package org.gfplint.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gfplint.facts.FactsStore.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsStoreTest {
  private static final int VALUES = 400;

  @TempDir private Path temporary;
  private Path directory;
  private Path file;
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void place() {
    directory = temporary.resolve("a cache? #1/é");
    file = directory.resolve("facts.db");
  }

  // ---- what goes in comes out

  @Test
  void givesBackWhatWasPut() {
    byte[] empty = {};
    byte[] large = new byte[3 << 20];
    new Random(1).nextBytes(large);
    try (FactsStore store = open()) {
      assertThat(store.get(key("one"))).isEmpty();
      store.put(key("one"), empty);
      store.put(key("two"), large);
    }
    try (FactsStore store = open()) {
      assertThat(store.get(key("one"))).contains(empty);
      assertThat(store.get(key("two"))).contains(large);
      assertThat(store.get(key("three"))).isEmpty();
      assertThat(store.hits()).isEqualTo(2);
      assertThat(store.misses()).isEqualTo(1);
      assertThat(store.bytes()).isGreaterThan(3 << 20);
      store.put(key("one"), value(1));
    }
    try (FactsStore store = open()) {
      assertThat(store.get(key("one"))).contains(value(1));
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void theKeyCoversTextAndMacros() {
    byte[] text = "int x;".getBytes(StandardCharsets.UTF_8);
    try (FactsStore store = open()) {
      store.put(FactsKey.of(text, text.length, 7), value(1));
    }
    try (FactsStore store = open()) {
      assertThat(store.get(FactsKey.of(text, text.length, 7))).contains(value(1));
      assertThat(store.get(FactsKey.of(text, text.length, 8))).isEmpty();
      assertThat(store.get(FactsKey.of(text, text.length - 1, 7))).isEmpty();
      byte[] longer = Arrays.copyOf(text, text.length + 5);
      assertThat(store.get(FactsKey.of(longer, text.length, 7))).contains(value(1));
      longer[0] = 'u';
      assertThat(store.get(FactsKey.of(longer, text.length, 7))).isEmpty();
    }
  }

  @Test
  void keepsTheFingerprintOfMacros() {
    byte[] text = "int x;".getBytes(StandardCharsets.UTF_8);
    FactsKey key = FactsKey.ofText(text, text.length);
    try (FactsStore store = open()) {
      store.putMacros(key.withDictionary(1), -7);
      store.put(key.withMacros(2), value(1));
    }
    try (FactsStore store = open()) {
      assertThat(store.macros(key.withDictionary(1))).hasValue(-7);
      assertThat(store.macros(key.withDictionary(2))).isEmpty();
      assertThat(store.macros(key.withMacros(1))).isEmpty();
      assertThat(store.macros(key.withMacros(2))).isEmpty();
      assertThat(store.hits() + store.misses()).isZero();
    }
  }

  @Test
  void threadsAndStoresShareIt() throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(4);
        FactsStore one = open();
        FactsStore two = open()) {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        FactsStore mine = t % 2 == 0 ? one : two;
        int first = t * VALUES;
        done.add(
            pool.submit(
                () -> {
                  for (int i = first; i < first + VALUES; i++) {
                    mine.put(key(i), value(i));
                    int earlier = first + (i - first) / 2;
                    Optional<byte[]> seen = mine.get(key(earlier));
                    seen.ifPresent(v -> assertThat(v).isEqualTo(value(earlier)));
                  }
                }));
      }
      for (Future<?> future : done) {
        future.get();
      }
    }
    try (FactsStore store = open()) {
      for (int i = 0; i < 4 * VALUES; i++) {
        assertThat(store.get(key(i))).contains(value(i));
      }
    }
    assertThat(warnings).isEmpty();
  }

  // ---- size

  @Test
  void whatWasUsedLongestAgoMakesRoom() {
    long maxBytes = 512 << 10;
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    for (int day = 0; day < 30; day++) {
      Instant now = start.plusSeconds(day * 86_400L);
      try (FactsStore store =
          FactsStore.open(new Settings(directory, maxBytes, () -> now), warnings::add)) {
        assertThat(store.get(key("kept")).isPresent()).isEqualTo(day > 0);
        store.put(key("kept"), value(0));
        for (int i = 0; i < 40; i++) {
          store.put(key(day * 40 + i), noise(day * 40 + i, 2000));
        }
      }
      assertThat(file.toFile().length()).isLessThanOrEqualTo(maxBytes);
    }
    try (FactsStore store =
        FactsStore.open(
            new Settings(directory, maxBytes, () -> start.plusSeconds(30 * 86_400L)),
            warnings::add)) {
      assertThat(store.get(key(0))).isEmpty();
      assertThat(store.get(key(29 * 40))).contains(noise(29 * 40, 2000));
      assertThat(store.get(key("kept"))).contains(value(0));
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void usingAValueKeepsItAlive() {
    long maxBytes = 256 << 10;
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    for (int day = 0; day < 20; day++) {
      Instant now = start.plusSeconds(day * 86_400L);
      try (FactsStore store =
          FactsStore.open(new Settings(directory, maxBytes, () -> now), warnings::add)) {
        if (day == 0) {
          store.put(key("used"), value(0));
          store.put(key("unused"), value(0));
        } else {
          assertThat(store.get(key("used"))).contains(value(0));
        }
        for (int i = 0; i < 20; i++) {
          store.put(key(day * 20 + i), noise(i, 2000));
        }
      }
    }
    try (FactsStore store = open()) {
      assertThat(store.get(key("used"))).contains(value(0));
      assertThat(store.get(key("unused"))).isEmpty();
    }
  }

  @Test
  void aValueTooLargeForTheStoreIsNotKept() {
    try (FactsStore store =
        FactsStore.open(new Settings(directory, 128 << 10, Instant::now), warnings::add)) {
      store.put(key("large"), noise(1, 100 << 10));
      store.put(key("small"), value(1));
    }
    try (FactsStore store = open()) {
      assertThat(store.get(key("large"))).isEmpty();
      assertThat(store.get(key("small"))).contains(value(1));
    }
  }

  // ---- damage

  @Test
  void changedBytesNeverGiveAnotherValue() throws IOException {
    byte[] whole = filled();
    Random random = new Random(42);
    for (int round = 0; round < 30; round++) {
      byte[] damaged = whole.clone();
      int changes = 1 << random.nextInt(8);
      for (int i = 0; i < changes; i++) {
        // Half of them in the head of the file, where its structure is.
        int bound = random.nextBoolean() ? damaged.length : Math.min(damaged.length, 4096);
        int at = random.nextInt(bound);
        if (at < 60 || at >= 72) {
          // There SQLite keeps whose file it is and of which format, see the tests below.
          damaged[at] = (byte) random.nextInt(256);
        }
      }
      survives(damaged, "round " + round);
    }
  }

  @Test
  void aTruncatedFileIsMadeAnew() throws IOException {
    byte[] whole = filled();
    Random random = new Random(43);
    for (int round = 0; round < 8; round++) {
      survives(Arrays.copyOf(whole, random.nextInt(whole.length)), "round " + round);
    }
    survives(Arrays.copyOf(whole, whole.length * 2), "grown");
  }

  @Test
  void aFileThatIsNoDatabaseIsMadeAnew() throws IOException {
    Files.createDirectories(directory);
    Files.writeString(file, "this is a letter\n".repeat(1000));
    try (FactsStore store = open()) {
      store.put(key(1), value(1));
    }
    assertThat(warnings).singleElement().asString().contains("is damaged; it is made anew");
    try (FactsStore store = open()) {
      assertThat(store.get(key(1))).contains(value(1));
    }
    assertThat(warnings).hasSize(1);
  }

  @Test
  void aStoreInUseIsNotDeletedUnderItsUser() throws IOException {
    filled();
    try (FactsStore user = open()) {
      assertThat(user.get(key(1))).contains(value(1));
      byte[] head = new byte[64];
      try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(head));
      }
      try (FactsStore other = open()) {
        assertThat(other.get(key(1))).isEmpty();
      }
      assertThat(warnings).singleElement().asString().contains("in use by another run");
      assertThat(file).exists();
    }
  }

  /** Nothing thrown, at most one warning, no wrong value, and afterwards it works again. */
  private void survives(byte[] content, String what) throws IOException {
    Files.write(file, content);
    warnings.clear();
    try (FactsStore store = open()) {
      for (int i = 0; i < VALUES; i++) {
        Optional<byte[]> value = store.get(key(i));
        if (value.isPresent()) {
          assertThat(value.get()).as(what).isEqualTo(value(i));
        } else {
          store.put(key(i), value(i));
        }
      }
    }
    assertThat(warnings).as(what).hasSizeLessThanOrEqualTo(1);
    // Damage in what is read only when writing shows up in the second run.
    for (int run = 0; run < 2; run++) {
      try (FactsStore store = open()) {
        for (int i = 0; i < VALUES; i++) {
          store.put(key(i), value(i));
        }
      }
    }
    warnings.clear();
    try (FactsStore store = open()) {
      for (int i = 0; i < VALUES; i++) {
        assertThat(store.get(key(i))).as(what).contains(value(i));
      }
    }
    assertThat(warnings).as(what).isEmpty();
  }

  // ---- not ours

  @Test
  void aNewerFormatIsLeftAlone() throws IOException, SQLException {
    filled();
    sql("pragma user_version = 99");
    leftAlone("was written by a newer gfplint");
  }

  @Test
  void anotherProgramsDatabaseIsLeftAlone() throws IOException, SQLException {
    Files.createDirectories(directory);
    sql("create table bookmarks (url text)");
    leftAlone("is a database of some other program");
  }

  private void leftAlone(String why) throws IOException {
    byte[] before = Files.readAllBytes(file);
    try (FactsStore store = open()) {
      assertThat(store.isWritable()).isFalse();
      assertThat(store.get(key(1))).isEmpty();
      store.put(key(1), value(1));
    }
    assertThat(warnings).singleElement().asString().contains(why).contains(file.toString());
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aFileWhereTheDirectoryShouldBe() throws IOException {
    Files.createDirectories(directory.getParent());
    Files.writeString(directory, "in the way");
    doesWithout("the directory cannot be used");
  }

  @Test
  void aDirectoryWhereTheFileShouldBe() throws IOException {
    Files.createDirectories(file.resolve("in the way"));
    doesWithout("this run does without");
  }

  private void doesWithout(String why) {
    try (FactsStore store = open()) {
      assertThat(store.isWritable()).isFalse();
      store.put(key(1), value(1));
      assertThat(store.get(key(1))).isEmpty();
    }
    assertThat(warnings).singleElement().asString().contains(why).doesNotContain("\n");
  }

  @Test
  void aStoreHeldByAnotherProcessIsDoneWithout() throws IOException, SQLException {
    filled();
    try (Connection holder = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
        Statement statement = holder.createStatement()) {
      statement.execute("begin exclusive");
      try (FactsStore store = open()) {
        for (int i = 0; i < VALUES; i++) {
          assertThat(store.get(key(i))).isEmpty();
          store.put(key(i), value(i));
        }
      }
      statement.execute("rollback");
    }
    assertThat(warnings).singleElement().asString().contains("is held by another process");
    try (FactsStore store = open()) {
      assertThat(store.get(key(1))).contains(value(1));
    }
  }

  // ---- helpers

  private FactsStore open() {
    return FactsStore.open(Settings.in(directory), warnings::add);
  }

  /** The bytes of a store with all values. */
  private byte[] filled() throws IOException {
    try (FactsStore store = open()) {
      for (int i = 0; i < VALUES; i++) {
        store.put(key(i), value(i));
      }
    }
    assertThat(warnings).isEmpty();
    return Files.readAllBytes(file);
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
        Statement s = connection.createStatement()) {
      s.executeUpdate(statement);
    }
  }

  private static FactsKey key(Object name) {
    byte[] text = name.toString().getBytes(StandardCharsets.UTF_8);
    return FactsKey.of(text, text.length, 0);
  }

  /** Compresses somewhat, as facts do. */
  private static byte[] value(int number) {
    StringBuilder text = new StringBuilder();
    Random random = new Random(number);
    for (int i = 20 + random.nextInt(200); i > 0; i--) {
      text.append("kmalloc ").append(random.nextInt(1000));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] noise(int number, int length) {
    byte[] bytes = new byte[length];
    new Random(number).nextBytes(bytes);
    return bytes;
  }
}
