package org.gfplint.source;

import java.util.Optional;

/**
 * Which directories below {@code arch/} are kernel code for a run.
 *
 * @param name directory name below {@code arch/}; empty for all of them
 */
public record ArchSelection(Optional<String> name) {
  public static final ArchSelection ALL = new ArchSelection(Optional.empty());
  public static final ArchSelection X86 = new ArchSelection(Optional.of("x86"));

  /**
   * Understands "all", a directory name, and the names uname gives to x86 and arm64 machines.
   *
   * @throws IllegalArgumentException if the text cannot be a directory name
   */
  public static ArchSelection parse(String text) {
    String name = text.strip();
    if (!name.matches("[A-Za-z0-9_]+")) {
      throw new IllegalArgumentException(
          "not an architecture: '" + text + "' (expected a directory below arch/, or all)");
    }
    return switch (name) {
      case "all" -> ALL;
      case "x86_64", "i386", "i686" -> X86;
      case "aarch64" -> new ArchSelection(Optional.of("arm64"));
      default -> new ArchSelection(Optional.of(name));
    };
  }

  boolean includes(String directory) {
    return name.isEmpty() || name.get().equals(directory);
  }

  @Override
  public String toString() {
    return name.orElse("all");
  }
}
