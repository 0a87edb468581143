package org.gfplint.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel release, as far as facts depend on it. Release candidates count as the release they lead
 * to, since that is where their changes first appear.
 *
 * @param major first number, as in 6.12
 * @param minor second number
 * @param patch third number (SUBLEVEL), 0 when absent; long-term branches carry back-ports
 */
public record KernelVersion(int major, int minor, int patch) implements Comparable<KernelVersion> {
  private static final Pattern FORM =
      Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,5}))?(?:[-+~.].*)?");

  /**
   * Reads "6.12", "6.1.192", "v4.16", "5.17-rc5".
   *
   * @throws IllegalArgumentException if the text is not a kernel version
   */
  public static KernelVersion parse(String text) {
    Matcher m = FORM.matcher(text.strip());
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "not a kernel version: '" + text + "' (expected a form like 6.12 or 5.17-rc5)");
    }
    return new KernelVersion(
        Integer.parseInt(m.group(1)),
        Integer.parseInt(m.group(2)),
        m.group(3) == null ? 0 : Integer.parseInt(m.group(3)));
  }

  /** True from this release on, up to any later one. */
  public boolean isAtLeast(KernelVersion other) {
    return compareTo(other) >= 0;
  }

  /** True from one release on, up to before another if there is such a one. */
  boolean isWithin(KernelVersion since, Optional<KernelVersion> until) {
    return isAtLeast(since) && (until.isEmpty() || !isAtLeast(until.get()));
  }

  @Override
  public int compareTo(KernelVersion other) {
    if (major != other.major) {
      return Integer.compare(major, other.major);
    }
    return minor != other.minor
        ? Integer.compare(minor, other.minor)
        : Integer.compare(patch, other.patch);
  }

  /** By hand, as {@link #hashCode}: what a record has of its own is linked at its first use. */
  @Override
  public boolean equals(Object other) {
    return other instanceof KernelVersion o
        && major == o.major
        && minor == o.minor
        && patch == o.patch;
  }

  @Override
  public int hashCode() {
    return (major * 31 + minor) * 31 + patch;
  }

  @Override
  public String toString() {
    return patch == 0 ? major + "." + minor : major + "." + minor + "." + patch;
  }
}
