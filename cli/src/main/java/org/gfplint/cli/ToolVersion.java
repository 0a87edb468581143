package org.gfplint.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which build of gfplint this is. */
final class ToolVersion implements IVersionProvider {
  private static final Properties BUILD = load();

  /** The project's version, as in "0.1.0". */
  static String number() {
    return BUILD.getProperty("version");
  }

  /** The version and, where it is known, the commit: "0.1.0 (commit 1234abc)". */
  static String line() {
    String commit = BUILD.getProperty("commit");
    // Built outside of a git clone the placeholder stays as it is.
    boolean known = !commit.isEmpty() && !commit.startsWith("$");
    return number() + (known ? " (commit " + commit + ")" : "");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"gfplint " + line()};
  }

  private static Properties load() {
    Properties build = new Properties();
    try (InputStream in = ToolVersion.class.getResourceAsStream("build.properties")) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build;
  }
}
