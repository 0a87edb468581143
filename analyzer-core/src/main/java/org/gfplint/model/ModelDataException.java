package org.gfplint.model;

/** The model's data is not usable. The message is one line that names the file and the entry. */
public class ModelDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ModelDataException(String file, String entry, String problem) {
    super(file + ": " + entry + ": " + problem);
  }
}
