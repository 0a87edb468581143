package org.gfplint.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * The page of a rule: a Markdown resource named after it, with a title and fixed sections. It is
 * the one source of what {@code explain}, SARIF help and docs/rules say.
 */
public final class RulePage {
  /** The sections every page has, in this order. */
  public static final List<String> SECTIONS =
      List.of(
          "What it reports", "Why", "Kernel versions", "Wrong", "Right", "How to fix", "Limits");

  private static final Parser PARSER =
      Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build();
  private static final TextContentRenderer TEXT =
      TextContentRenderer.builder().lineBreakRendering(LineBreakRendering.SEPARATE_BLOCKS).build();

  private final String rule;
  private final String title;
  private final String markdown;
  private final Map<String, String> sections;

  private RulePage(String rule, String title, String markdown, Map<String, String> sections) {
    this.rule = rule;
    this.title = title;
    this.markdown = markdown;
    this.sections = sections;
  }

  /** Thrown when a page is absent or lacks one of its fixed parts; the message names both. */
  public static final class PageException extends RuntimeException {
    PageException(String message) {
      super(message);
    }
  }

  /**
   * The page of the rule of that name.
   *
   * @throws PageException if there is no such page, or it lacks its title or a section
   */
  public static RulePage of(String rule) {
    try (InputStream in = RulePage.class.getResourceAsStream(rule + ".md")) {
      if (in == null) {
        throw new PageException("rule " + rule + " has no page " + rule + ".md");
      }
      return parse(rule, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the page of rule " + rule, e);
    }
  }

  /**
   * Reads a page.
   *
   * @throws PageException if the title or a section is missing, empty, repeated or out of order
   */
  public static RulePage parse(String rule, String markdown) {
    List<String> lines = markdown.lines().toList();
    String title = null;
    Map<String, String> sections = new LinkedHashMap<>();
    Heading open = null;
    for (Node node = PARSER.parse(markdown).getFirstChild(); node != null; node = node.getNext()) {
      if (!(node instanceof Heading heading) || heading.getLevel() > 2) {
        continue;
      }
      if (open != null) {
        addSection(rule, sections, open, lines, firstLine(heading));
        open = null;
      }
      if (heading.getLevel() == 2) {
        open = heading;
      } else if (title == null && sections.isEmpty()) {
        title = text(heading);
      } else {
        throw new PageException("page of rule " + rule + " has a second title: " + text(heading));
      }
    }
    if (open != null) {
      addSection(rule, sections, open, lines, lines.size());
    }
    if (title == null) {
      throw new PageException("page of rule " + rule + " has no title");
    }
    requireSections(rule, sections);
    return new RulePage(rule, title, markdown, Map.copyOf(sections));
  }

  private static void addSection(
      String rule, Map<String, String> sections, Heading heading, List<String> lines, int end) {
    String name = text(heading);
    String body = String.join("\n", lines.subList(firstLine(heading) + 1, end)).strip();
    if (body.isEmpty()) {
      throw new PageException("page of rule " + rule + " has an empty section '" + name + "'");
    }
    if (sections.put(name, body) != null) {
      throw new PageException("page of rule " + rule + " has two sections '" + name + "'");
    }
  }

  private static void requireSections(String rule, Map<String, String> sections) {
    for (String name : SECTIONS) {
      if (!sections.containsKey(name)) {
        throw new PageException("page of rule " + rule + " has no section '" + name + "'");
      }
    }
    List<String> found = new ArrayList<>(sections.keySet());
    if (!found.equals(SECTIONS)) {
      throw new PageException(
          "page of rule " + rule + " has sections " + found + ", expected " + SECTIONS);
    }
  }

  private static int firstLine(Node node) {
    List<SourceSpan> spans = node.getSourceSpans();
    return spans.get(0).getLineIndex();
  }

  private static String text(Node node) {
    return TEXT.render(node).strip();
  }

  /** The text of the title, as in "GFP101 vmalloc-restricted". */
  public String title() {
    return title;
  }

  /** The whole page as it was written. */
  public String markdown() {
    return markdown;
  }

  /** The whole page without Markdown's markup, for a terminal. */
  public String plainText() {
    return plain(markdown);
  }

  /**
   * The Markdown below one of the {@link #SECTIONS}, without its heading.
   *
   * @throws PageException if pages have no section of that name
   */
  public String section(String name) {
    String body = sections.get(name);
    if (body == null) {
      throw new PageException("page of rule " + rule + " has no section '" + name + "'");
    }
    return body;
  }

  /**
   * The same without Markdown's markup.
   *
   * @throws PageException if pages have no section of that name
   */
  public String plainSection(String name) {
    return plain(section(name));
  }

  /**
   * The C code of a section, each fenced block in turn; empty if the section shows none.
   *
   * @throws PageException if pages have no section of that name
   */
  public List<String> code(String name) {
    List<String> blocks = new ArrayList<>();
    Node node = PARSER.parse(section(name)).getFirstChild();
    for (; node != null; node = node.getNext()) {
      if (node instanceof FencedCodeBlock block && "c".equals(block.getInfo())) {
        blocks.add(block.getLiteral());
      }
    }
    return List.copyOf(blocks);
  }

  private static String plain(String markdown) {
    return TEXT.render(PARSER.parse(markdown)).strip() + "\n";
  }
}
