package org.gfplint.cli;

import org.apache.commons.text.WordUtils;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** Sets the page of a rule for a terminal, in the manner of a manual page. */
final class PageRenderer extends AbstractVisitor {
  private static final int COLUMNS = 80;
  private static final Parser PARSER = Parser.builder().build();

  private final boolean colour;
  private final StringBuilder page = new StringBuilder();

  /** Whole words of the paragraph or heading being read. */
  private final StringBuilder words = new StringBuilder();

  private String indent = "";

  /** What stands before the first line of the next paragraph instead of {@link #indent}. */
  private String mark = "";

  private PageRenderer(boolean colour) {
    this.colour = colour;
  }

  static String render(String markdown, boolean colour) {
    PageRenderer renderer = new PageRenderer(colour);
    PARSER.parse(markdown).accept(renderer);
    return renderer.page.toString();
  }

  @Override
  public void visit(Heading heading) {
    words.setLength(0);
    visitChildren(heading);
    if (!page.isEmpty()) {
      page.append('\n');
    }
    page.append(colour ? "\u001b[1m" + words + "\u001b[0m" : words).append('\n');
    indent = heading.getLevel() == 1 ? "" : "  ";
    mark = indent;
  }

  @Override
  public void visit(Paragraph paragraph) {
    words.setLength(0);
    visitChildren(paragraph);
    boolean inList = paragraph.getParent() instanceof ListItem;
    if (!inList && !(paragraph.getPrevious() instanceof Heading)) {
      page.append('\n');
    }
    // WordUtils breaks at ordinary blanks only, so that code spans stay whole.
    String wrapped =
        WordUtils.wrap(words.toString(), COLUMNS - indent.length(), "\n" + indent, false);
    page.append(mark).append(wrapped.replace('\u00a0', ' ')).append('\n');
    mark = indent;
  }

  @Override
  public void visit(FencedCodeBlock block) {
    if (!(block.getPrevious() instanceof Heading)) {
      page.append('\n');
    }
    block.getLiteral().lines().forEach(line -> page.append(("    " + line).stripTrailing() + '\n'));
  }

  @Override
  public void visit(BulletList list) {
    items(list, 0);
  }

  @Override
  public void visit(OrderedList list) {
    items(list, list.getMarkerStartNumber() == null ? 1 : list.getMarkerStartNumber());
  }

  /** Numbers the items from {@code first} on; 0 stands for bullets. */
  private void items(Node list, int first) {
    if (!(list.getPrevious() instanceof Heading) && !(list.getParent() instanceof ListItem)) {
      page.append('\n');
    }
    String outer = indent;
    int number = first;
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      String label = first == 0 ? "- " : number++ + ". ";
      mark = outer + label;
      indent = outer + " ".repeat(label.length());
      visitChildren(item);
    }
    indent = outer;
    mark = outer;
  }

  @Override
  public void visit(Text text) {
    words.append(text.getLiteral());
  }

  @Override
  public void visit(Code code) {
    words.append(code.getLiteral().replace(' ', '\u00a0'));
  }

  @Override
  public void visit(SoftLineBreak lineBreak) {
    words.append(' ');
  }

  @Override
  public void visit(HardLineBreak lineBreak) {
    words.append(' ');
  }
}
