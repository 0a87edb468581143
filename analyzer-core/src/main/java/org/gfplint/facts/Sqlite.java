package org.gfplint.facts;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.gfplint.source.BundledLibrary;
import org.gfplint.source.Platform;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/** Connections to SQLite files. */
public final class Sqlite {
  /** The driver looks here for its library before it unpacks it. */
  private static final String LIBRARY_DIRECTORY = "org.sqlite.lib.path";

  /** And here, in all files, for copies that killed processes left; we leave none. */
  private static final String LEFT_COPIES = "org.sqlite.tmpdir";

  private Sqlite() {}

  /**
   * Opens a file, or makes it where the configuration lets it.
   *
   * @throws SQLException if it cannot be opened
   */
  public static Connection connect(Path file, SQLiteConfig config) throws SQLException {
    Driver.load();
    // As a URI, since the driver takes a '?' in a plain name for the start of options.
    return JDBC.createConnection("jdbc:sqlite:" + file.toUri(), config.toProperties());
  }

  /**
   * The driver's library, found and unpacked by us: its own way starts a process to learn whether
   * this is Android, compares byte by byte, which takes a tenth of a short run, and leaves a copy
   * behind when the process is killed.
   */
  private static final class Driver {
    static {
      if (System.getProperty(LIBRARY_DIRECTORY) == null) {
        unpack();
      }
    }

    static void load() {
      // The first use of the class loads.
    }

    private static void unpack() {
      try {
        BundledLibrary.load(resource(), Driver::initialize);
      } catch (IOException | UnsupportedOperationException e) {
        // The driver tries in its own way, and says what is wrong.
      } finally {
        System.clearProperty(LIBRARY_DIRECTORY);
      }
    }

    private static String resource() {
      Platform platform = Platform.current();
      String system =
          switch (platform.os()) {
            case LINUX -> "Linux";
            case MACOS -> "Mac";
            case WINDOWS -> "Windows";
          };
      return "/org/sqlite/native/"
          + system
          + "/"
          + platform.arch()
          + "/"
          + LibraryLoaderUtil.getNativeLibName();
    }

    private static boolean initialize(Path library) {
      String directory = library.getParent().toString();
      System.setProperty(LIBRARY_DIRECTORY, directory);
      System.setProperty(LEFT_COPIES, directory);
      try {
        return SQLiteJDBCLoader.initialize();
      } catch (Exception e) {
        // So the driver declares it; it tries again at the first connection.
        return false;
      } finally {
        System.clearProperty(LEFT_COPIES);
      }
    }
  }
}
