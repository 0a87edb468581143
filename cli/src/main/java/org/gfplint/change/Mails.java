package org.gfplint.change;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;

/** Mails one after the other, as mailboxes and {@code git format-patch --stdout} have them. */
final class Mails {
  private static final Pattern ENCODED =
      Pattern.compile(
          "^Content-Transfer-Encoding:\\s*(base64|quoted-printable)|^Content-Type:\\s*multipart/",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  /** Stands before each mail. */
  private static final Pattern BEGINNING = Pattern.compile("^From \\S", Pattern.MULTILINE);

  private Mails() {}

  /** Whether some of the text is not there as it is meant. */
  static boolean areEncoded(byte[] bytes) {
    return ENCODED.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).find();
  }

  /**
   * What the mails say, decoded, with line feeds at the ends of lines.
   *
   * @throws IOException if one of them is no mail that can be read
   */
  static byte[] texts(byte[] bytes) throws IOException {
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream texts = new ByteArrayOutputStream();
    Matcher beginning = BEGINNING.matcher(all);
    int start = 0;
    while (beginning.find()) {
      text(all.substring(start, beginning.start()), texts);
      // The line itself is no part of the mail.
      int end = all.indexOf('\n', beginning.start());
      start = end < 0 ? all.length() : end + 1;
    }
    text(all.substring(start), texts);
    return texts.toByteArray();
  }

  private static void text(String mail, ByteArrayOutputStream texts) throws IOException {
    if (mail.isBlank()) {
      return;
    }
    MimeTokenStream stream = new MimeTokenStream(MimeConfig.PERMISSIVE);
    stream.parse(new ByteArrayInputStream(mail.getBytes(StandardCharsets.ISO_8859_1)));
    try {
      for (EntityState state = stream.getState();
          state != EntityState.T_END_OF_STREAM;
          state = stream.next()) {
        if (state == EntityState.T_BODY) {
          try (InputStream decoded = stream.getDecodedInputStream()) {
            String text = new String(decoded.readAllBytes(), StandardCharsets.ISO_8859_1);
            texts.writeBytes(text.replace("\r\n", "\n").getBytes(StandardCharsets.ISO_8859_1));
            texts.write('\n');
          }
        }
      }
    } catch (MimeException e) {
      throw new IOException("a mail in it cannot be read: " + e.getMessage(), e);
    }
  }
}
