package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gfplint.cli.GeneratedDocsTest.ROOT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Pages that people wrote, where they speak of what can change: files, commands, settings. */
class DocsTest {
  private static final Parser MARKDOWN = Parser.builder().build();
  private static final Pattern OPTION = Pattern.compile("(?<=\\s)(--?[a-z][a-z-]*)");

  @TempDir private Path directory;

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    assertThat(pages).hasSizeGreaterThan(30);
    return pages;
  }

  private static <N extends Node> List<N> nodes(Path page, Class<N> type) throws IOException {
    List<N> found = new ArrayList<>();
    MARKDOWN
        .parse(Files.readString(page))
        .accept(
            new AbstractVisitor() {
              @Override
              protected void visitChildren(Node parent) {
                if (type.isInstance(parent)) {
                  found.add(type.cast(parent));
                }
                super.visitChildren(parent);
              }

              @Override
              public void visit(FencedCodeBlock block) {
                if (type.isInstance(block)) {
                  found.add(type.cast(block));
                }
              }
            });
    return found;
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    // Tables are not of the parser's Markdown, but their links are.
    for (Path page : pages()) {
      for (Link link : nodes(page, Link.class)) {
        String target = link.getDestination();
        if (target.contains("://")) {
          continue;
        }
        int hash = target.indexOf('#');
        String file = hash < 0 ? target : target.substring(0, hash);
        Path there = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        assertThat(there).as(target + " in " + ROOT.relativize(page)).exists();
        if (hash >= 0) {
          assertThat(anchors(there))
              .as(target + " in " + ROOT.relativize(page))
              .contains(target.substring(hash + 1));
        }
      }
    }
  }

  private static List<String> anchors(Path page) throws IOException {
    return nodes(page, Heading.class).stream()
        .map(heading -> TextContentRenderer.builder().build().render(heading))
        .map(text -> text.toLowerCase().replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  void theIndexNamesEveryPage() throws IOException {
    List<String> named =
        nodes(ROOT.resolve("docs/README.md"), Link.class).stream()
            .map(Link::getDestination)
            .toList();
    for (Path page : pages()) {
      Path inDocs = ROOT.resolve("docs").relativize(page);
      if (!inDocs.startsWith("..") && !inDocs.endsWith("README.md")) {
        assertThat(named).contains(inDocs.toString());
      }
    }
  }

  @Test
  void commandsInExamplesExistWithTheirOptions() throws IOException {
    CommandLine all = Main.commandLine(RunResult.nobody(directory));
    int commands = 0;
    for (Path page : pages()) {
      for (FencedCodeBlock block : nodes(page, FencedCodeBlock.class)) {
        if (!List.of("sh", "yaml").contains(block.getInfo())) {
          continue;
        }
        // Lines that end in a backslash, or of a folded text, go on.
        String text = block.getLiteral().replaceAll("\\\\\n|\n +(?=--)", " ");
        for (String line : text.split("\n")) {
          Matcher call =
              Pattern.compile("(?:^|[ /|(])gfplint ([a-z]+)(.*)")
                  .matcher(line.replaceAll("#.*", ""));
          if (call.find() && !line.contains("apt-get")) {
            check(all, call.group(1), call.group(2), ROOT.relativize(page) + ": " + line);
            commands++;
          }
        }
      }
    }
    assertThat(commands).isGreaterThan(40);
  }

  private static void check(CommandLine all, String name, String rest, String where) {
    assertThat(all.getSubcommands()).as(where).containsKey(name);
    CommandSpec command = all.getSubcommands().get(name).getCommandSpec();
    for (String word : rest.strip().split("\\s+")) {
      if (command.subcommands().containsKey(word)) {
        command = command.subcommands().get(word).getCommandSpec();
      }
    }
    // What is behind a pipe or a redirection is another program's.
    Matcher option = OPTION.matcher(rest.replaceAll("[|>;].*", ""));
    while (option.find()) {
      assertThat(command.optionsMap()).as(where).containsKey(option.group(1));
    }
  }

  @Test
  void theExampleOfSettingsIsAcceptedAndHasEveryKey() throws IOException {
    List<FencedCodeBlock> blocks =
        nodes(ROOT.resolve("docs/configuration.md"), FencedCodeBlock.class);
    String example = blocks.get(0).getLiteral();
    SmallTree tree = SmallTree.in(directory);
    tree.write(Settings.FILE, example);
    RunResult result = RunResult.of(tree.root(), "config", "--show");
    assertThat(result.exit()).as(result.err()).isZero();
    for (String key : Settings.KEYS) {
      assertThat(example).contains(key + ":");
    }
  }
}
