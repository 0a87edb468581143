package org.gfplint.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.WriterOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Pages made from the templates in src/main/jte, which were compiled with everything else. */
public final class HtmlPage {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, HtmlPage.class.getClassLoader(), "org.gfplint.report.template");

  private HtmlPage() {}

  /**
   * Writes a page and flushes. What the template does not mark as safe is escaped for the place
   * that it stands in.
   *
   * @param template a file below src/main/jte
   * @param content the template's only parameter
   */
  public static void write(String template, Object content, OutputStream to) throws IOException {
    Writer out = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
    try {
      TEMPLATES.render(template, content, new WriterOutput(out));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    out.flush();
  }
}
