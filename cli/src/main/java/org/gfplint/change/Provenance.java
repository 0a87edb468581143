package org.gfplint.change;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfplint.rules.InputException;

/**
 * Where code under git comes from.
 *
 * @param repository an address on a network, without user, password, query or fragment
 * @param revision id of the commit
 * @param branch that is checked out; empty if none is, or another revision is looked at
 * @param isWhole whether the tree is the whole repository, not a directory of it
 */
public record Provenance(
    URI repository, String revision, Optional<String> branch, boolean isWhole) {
  /** What others can reach. A path names a directory of this machine, a helper anything at all. */
  private static final Set<String> SCHEMES = Set.of("https", "http", "git", "ssh", "git+ssh");

  /** As in "git@example.org:linux.git". */
  private static final Pattern SHORT_SSH =
      Pattern.compile("(?:[^@/:]*@)?([^@/:\\[\\]]{2,}):(?!:|//)/?(.+)");

  private static final String HEAD = "HEAD";

  /**
   * That of a tree; empty if it is not under git, has no commit yet, or its repository has no
   * address that others could use.
   *
   * @param revision what is looked at; the commit that is checked out if empty
   * @param environment of the process
   */
  public static Optional<Provenance> of(
      Path tree, Optional<String> revision, Map<String, String> environment) {
    GitCommand git;
    try {
      git = GitCommand.in(tree, environment);
    } catch (InputException e) {
      return Optional.empty();
    }
    // A tree that was unpacked in some other repository is not that one's.
    if (!git.run("ls-files", "--error-unmatch", "--", "Makefile").isGood()) {
      return Optional.empty();
    }
    GitCommand.Result commit =
        git.run(
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            revision.orElse(HEAD) + "^{commit}");
    GitCommand.Result branch = git.run("symbolic-ref", "--quiet", "--short", HEAD);
    String id = commit.line().substring(commit.line().lastIndexOf('\n') + 1);
    if (!commit.isGood() || !id.matches("[0-9a-f]{40,}")) {
      return Optional.empty();
    }
    boolean isWhole = git.top().equals(tree);
    return address(git, branch.line())
        .map(
            uri ->
                new Provenance(
                    uri,
                    id,
                    Optional.of(branch.line())
                        .filter(name -> branch.isGood() && revision.isEmpty()),
                    isWhole));
  }

  /** Of the remote that the branch follows, else of origin. */
  private static Optional<URI> address(GitCommand git, String branch) {
    String followed = branch.isEmpty() ? "" : value(git, "branch." + branch + ".remote");
    // As configured: what insteadOf makes of it may hold a password.
    return addressOf(value(git, "remote." + followed + ".url"))
        .or(() -> addressOf(value(git, "remote.origin.url")));
  }

  private static String value(GitCommand git, String key) {
    GitCommand.Result value = git.run("config", "--get", key);
    return value.isGood() ? value.line() : "";
  }

  /** What others may know of a remote's address. */
  private static Optional<URI> addressOf(String url) {
    try {
      Matcher ssh = SHORT_SSH.matcher(url);
      if (ssh.matches()) {
        return Optional.of(new URI("ssh", ssh.group(1), "/" + ssh.group(2), null));
      }
      URI uri = new URI(url);
      if (uri.getScheme() == null
          || !SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
          || uri.getHost() == null) {
        return Optional.empty();
      }
      return Optional.of(
          new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
