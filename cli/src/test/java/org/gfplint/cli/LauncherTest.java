package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script, copied into a checkout of its own, with Javas and a Maven that are scripts:
 * they print what they were called with.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  @TempDir private Path directory;
  private Path checkout;
  private Path launcher;
  private Path tools;

  private record Ended(int exit, String out, String err) {}

  @BeforeEach
  void makeCheckout() throws IOException {
    directory = directory.toRealPath();
    checkout = Files.createDirectories(directory.resolve("check out"));
    launcher = checkout.resolve("gfplint");
    Path original = Path.of(System.getProperty("gfplint.testdata")).resolveSibling("gfplint");
    Files.copy(original, launcher);
    executable(launcher);
    // Only what the script may count on: no java, no mvn.
    tools = Files.createDirectories(directory.resolve("bin"));
    for (String tool : List.of("sed", "readlink", "dirname", "mkdir", "touch", "find")) {
      script(tools.resolve(tool), "PATH=/usr/bin:/bin", "exec " + tool + " \"$@\"");
    }
  }

  @Test
  void withoutJava25SaysWhereItLookedAndWhatToInstall() throws Exception {
    makeJar();
    Path old = makeJava("old", "17.0.15");
    Ended ended = run(Map.of("JAVA_HOME", old.toString()));
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).hasLineCount(1).startsWith("gfplint: needs Java 25 or newer");
    assertThat(ended.err())
        .contains("GFPLINT_JAVA_HOME (not set)", "JAVA_HOME (" + old + ")", "install a JDK 25");
  }

  @Test
  void takesTheJavaThatTheUserNamesBeforeTheOthers() throws Exception {
    makeJar();
    Path named = makeJava("named", "25.0.1");
    Path home = makeJava("home", "26");
    makeJava("jvm/newest", "27");
    assertThat(
            run(Map.of("GFPLINT_JAVA_HOME", named.toString(), "JAVA_HOME", home.toString())).out())
        .startsWith("java named ");
    assertThat(run(Map.of("JAVA_HOME", home.toString())).out()).startsWith("java home ");
  }

  @Test
  void passesOverAnOldJavaAndTakesTheNewestInstalled() throws Exception {
    makeJar();
    Path old = makeJava("old", "17.0.15");
    makeJava("jvm/a-25", "25.0.1");
    makeJava("jvm/b-26", "26");
    makeJava("jvm/c-8", "1.8.0_292");
    Ended ended = run(Map.of("JAVA_HOME", old.toString()));
    assertThat(ended.out()).startsWith("java jvm/b-26 ");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void findsTheJavaOnThePathBehindLinks() throws Exception {
    makeJar();
    Path java = makeJava("opt/jdk", "25");
    Files.createSymbolicLink(tools.resolve("java"), java.resolve("bin/java"));
    assertThat(run(Map.of()).out()).startsWith("java opt/jdk ");
  }

  @Test
  void asksAJavaWithoutAReleaseFile() throws Exception {
    makeJar();
    Path java = makeJava("bare", "25.0.1");
    Files.delete(java.resolve("release"));
    assertThat(run(Map.of("GFPLINT_JAVA_HOME", java.toString())).out()).startsWith("java bare ");
  }

  @Test
  void handsOnArgumentsOptionsAndExitStatus() throws Exception {
    makeJar();
    makeJava("jvm/25", "25");
    Ended ended =
        run(Map.of("GFPLINT_JAVA_OPTS", "-Xmx4g -Dx=y", "EXIT", "3"), "check", "a b", "*", "");
    assertThat(ended.exit()).isEqualTo(3);
    assertThat(ended.out())
        .contains("<--enable-native-access=ALL-UNNAMED>", "<-Xmx4g><-Dx=y>")
        .contains("<-Dgfplint.terminal.out=false><-Dgfplint.terminal.err=false>")
        .endsWith("<-jar><" + checkout.resolve("cli/target/gfplint.jar") + "><check><a b><*><>\n");
  }

  @Test
  void worksThroughLinksAndFromAnyDirectory() throws Exception {
    makeJar();
    makeJava("jvm/25", "25");
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    Files.createSymbolicLink(elsewhere.resolve("first"), Path.of("../check out/gfplint"));
    launcher = Files.createSymbolicLink(elsewhere.resolve("second"), Path.of("first"));
    assertThat(run(Map.of()).out())
        .contains("<-jar><" + checkout.resolve("cli/target/gfplint.jar") + ">");
  }

  @Test
  void buildsOnceWhenThereIsNoBuild() throws Exception {
    makeJava("jvm/25", "25");
    script(
        tools.resolve("mvn"),
        "echo \"mvn $*\"; mkdir -p cli/target && touch cli/target/gfplint.jar");
    Ended first = run(Map.of());
    assertThat(first.exit()).isZero();
    assertThat(first.out()).startsWith("java jvm/25 ").hasLineCount(1);
    assertThat(first.err())
        .startsWith("gfplint: building once")
        .contains("mvn -B -q -DskipTests package");
    assertThat(run(Map.of()).err()).isEmpty();
  }

  @Test
  void buildsAgainWhenASourceChanged() throws Exception {
    makeJar();
    makeJava("jvm/25", "25");
    script(tools.resolve("mvn"), "exit");
    Path source = Files.createDirectories(checkout.resolve("rules/src/main")).resolve("A.java");
    Files.writeString(source, "old");
    Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));
    Files.setLastModifiedTime(source.getParent(), FileTime.from(Instant.EPOCH));
    assertThat(run(Map.of()).err()).isEmpty();
    Files.setLastModifiedTime(
        checkout.resolve("cli/target/gfplint.jar"), FileTime.from(Instant.EPOCH));
    Files.writeString(source, "new");
    Ended changed = run(Map.of());
    assertThat(changed.err()).startsWith("gfplint: building again since sources changed");
    assertThat(changed.out()).startsWith("java jvm/25 ");
    assertThat(run(Map.of()).err()).isEmpty();
    Files.delete(tools.resolve("mvn"));
    Files.setLastModifiedTime(
        checkout.resolve("cli/target/gfplint.jar"), FileTime.from(Instant.EPOCH));
    assertThat(run(Map.of()).exit()).as("runs the build there is").isZero();
  }

  @Test
  void aBuildThatFailsOrCannotBeMadeIsSaid() throws Exception {
    makeJava("jvm/25", "25");
    Ended without = run(Map.of());
    assertThat(without.exit()).isEqualTo(2);
    assertThat(without.err()).hasLineCount(1).contains("no mvn on PATH").contains("install Maven");
    script(tools.resolve("mvn"), "exit 1");
    Ended failed = run(Map.of());
    assertThat(failed.exit()).isEqualTo(3);
    assertThat(failed.err()).contains("the build failed");
  }

  @Test
  void usesTheAotCacheOfTheBuildIfThereIsOne() throws Exception {
    makeJar();
    makeJava("jvm/25", "25");
    assertThat(run(Map.of()).out()).doesNotContain("AOTCache");
    Path cache = Files.createFile(checkout.resolve("cli/target/gfplint.aot"));
    assertThat(run(Map.of()).out()).contains("<-XX:AOTCache=" + cache + ">");
  }

  /** With the Java that runs this test. */
  @Test
  void isSilentAboutAnAotCacheThatDoesNotFit() throws Exception {
    Path target = Files.createDirectories(checkout.resolve("cli/target"));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Hello.class.getName());
    String name = Hello.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(target.resolve("gfplint.jar"));
        JarOutputStream jar = new JarOutputStream(file, manifest);
        InputStream hello = Hello.class.getClassLoader().getResourceAsStream(name)) {
      jar.putNextEntry(new JarEntry(name));
      hello.transferTo(jar);
    }
    Map<String, String> java = Map.of("GFPLINT_JAVA_HOME", System.getProperty("java.home"));
    for (String content : List.of("", "no cache", "x".repeat(100_000))) {
      Files.writeString(target.resolve("gfplint.aot"), content);
      Ended ended = run(java);
      assertThat(ended.out() + ended.err()).as(content.length() + " bytes").isEqualTo("hello\n");
      assertThat(ended.exit()).isZero();
    }
  }

  /** A program to start. */
  public static final class Hello {
    public static void main(String[] args) {
      System.out.print("hello\n");
    }
  }

  @Test
  void asABuildStepMakesTheCacheWithTheJavaAndTheOptionsOfARun() throws Exception {
    makeJava("jvm/25", "25");
    Path step = Files.createDirectories(checkout.resolve("cli/src/build")).resolve("aot-cache.sh");
    script(step, "printf '<%s>' \"$@\"; echo");
    script(tools.resolve("sh"), "exec /bin/sh \"$@\"");
    Ended ended = run(Map.of("GFPLINT_BUILD_STEP", "aot-cache"));
    assertThat(ended.out())
        .isEqualTo(
            "<"
                + directory.resolve("jvm/25/bin/java")
                + "><"
                + checkout.resolve("cli/target/gfplint.jar")
                + "><"
                + checkout.resolve("cli/target/gfplint.aot")
                + "><--enable-native-access=ALL-UNNAMED><-Dgfplint.libraries="
                + checkout.resolve("cli/target/libraries")
                + "><-XX:+UseParallelGC><-XX:MaxInlineLevel=6>"
                + "<-XX:FreqInlineSize=120><-XX:InlineSmallCode=1000>\n");
    assertThat(ended.err()).isEmpty();
  }

  private void makeJar() throws IOException {
    Files.createFile(
        Files.createDirectories(checkout.resolve("cli/target")).resolve("gfplint.jar"));
  }

  /** A Java that prints its name and its arguments. */
  private Path makeJava(String name, String version) throws IOException {
    Path home = Files.createDirectories(directory.resolve(name));
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(
        home.resolve("bin/java"),
        "if [ \"$1\" = -version ]; then echo 'openjdk version \"" + version + "\"' >&2; exit; fi",
        "printf 'java " + name + " '; printf '<%s>' \"$@\"; echo",
        "exit ${EXIT:-0}");
    return home;
  }

  private static void script(Path file, String... lines) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    executable(file);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Ended run(Map<String, String> environment, String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString());
    builder.command().addAll(List.of(arguments));
    builder.directory(directory.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("GFPLINT_JVM_DIR", directory.resolve("jvm").toString());
    builder.environment().putAll(environment);
    Path out = directory.resolve("out.txt");
    Path err = directory.resolve("err.txt");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
