package org.gfplint.change;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import org.gfplint.rules.InputException;

/** The pre-commit hook of a repository. A hook that was there before is kept and runs first. */
public final class HookFile {
  private static final String NAME = "pre-commit";
  private static final String KEPT = NAME + ".before-gfplint";
  private static final String MARK = "# gfplint pre-commit hook";

  private final Path hook;
  private final Path kept;

  private HookFile(Path directory) {
    this.hook = directory.resolve(NAME);
    this.kept = directory.resolve(KEPT);
  }

  /**
   * The hook that git runs in a tree: below {@code core.hooksPath} if that is set, else in the
   * repository that all its work trees share.
   *
   * @throws InputException if the tree is in no repository
   */
  public static HookFile of(GitCommand git) {
    return new HookFile(git.hooks());
  }

  /** Where it is. */
  public Path path() {
    return hook;
  }

  /** Where a hook is that was there before. */
  public Path kept() {
    return kept;
  }

  /** Whether it is there and ours. */
  public boolean isInstalled() throws IOException {
    return isOurs(hook);
  }

  /** Whether another hook runs before it. */
  public boolean keepsAnother() {
    return exists(kept);
  }

  /**
   * Installs it, or writes it anew.
   *
   * @param command what starts gfplint
   * @param tree the kernel tree as seen from the top of the work tree; "" if that is it
   */
  public void install(List<String> command, String tree) throws IOException {
    Files.createDirectories(hook.getParent());
    if (exists(hook) && !isOurs(hook)) {
      if (exists(kept)) {
        throw new InputException(
            "there are a hook "
                + hook
                + " that is not gfplint's and one kept from before, "
                + kept
                + "; take one of them away");
      }
      Files.move(hook, kept);
    }
    try {
      write(script(command, tree));
    } catch (IOException e) {
      if (exists(kept) && !exists(hook)) {
        Files.move(kept, hook);
      }
      throw e;
    }
  }

  private void write(String script) throws IOException {
    Path next = Files.createTempFile(hook.getParent(), NAME, ".tmp");
    try {
      Files.writeString(next, script);
      if (Files.getFileStore(next).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      Files.move(next, hook, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  /**
   * Removes it and puts back what was there before.
   *
   * @return false if it was not there
   */
  public boolean uninstall() throws IOException {
    if (!isOurs(hook)) {
      return false;
    }
    if (exists(kept)) {
      Files.move(kept, hook, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.delete(hook);
    }
    return true;
  }

  private static boolean isOurs(Path file) throws IOException {
    return Files.isRegularFile(file)
        && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(MARK);
  }

  private static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static String script(List<String> command, String tree) {
    String words = command.stream().map(HookFile::quoted).collect(Collectors.joining(" "));
    return """
        #!/bin/sh
        %s: what is staged must not bring in misuse of GFP flags.
        # 'gfplint hook uninstall' removes it. SKIP=gfplint or --no-verify commits without.
        kept=$(dirname "$0")/%s
        if [ -x "$kept" ]; then
          "$kept" "$@" || exit
        fi
        case ,${SKIP:-}, in
        *,gfplint,*) exit 0 ;;
        esac
        set -- %s
        if ! command -v "$1" >/dev/null; then
          echo "gfplint: $1 is gone: 'gfplint hook install' again, or remove $0" >&2
          exit 1
        fi
        exec "$@" hook run%s
        """
        .formatted(MARK, KEPT, words, tree.isEmpty() ? "" : " --tree " + quoted(tree));
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
