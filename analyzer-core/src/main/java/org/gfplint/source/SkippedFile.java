package org.gfplint.source;

/**
 * A file or directory that is not analysed.
 *
 * @param path relative to the tree, with '/'
 * @param reason one short phrase, such as "a named pipe"
 */
public record SkippedFile(String path, String reason) {
  @Override
  public String toString() {
    return path + ": skipped: " + reason;
  }
}
