package org.gfplint.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.gfplint.report.TerminalText;
import org.gfplint.rules.InputException;

/** A file of YAML, read so that every value knows its line. */
final class SettingsFile {
  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final int DEEPEST = 8;

  private final String name;

  private SettingsFile(String name) {
    this.name = name;
  }

  /** A value: a text, a list or a mapping. */
  final class Node {
    private final int line;
    private final Object value;

    private Node(int line, Object value) {
      this.line = line;
      this.value = value;
    }

    /** Where it stands, as messages name it. */
    String place() {
      return name + ":" + line;
    }

    InputException wrong(String what) {
      return new InputException(place() + ": " + what);
    }

    boolean isMapping() {
      return value instanceof Map;
    }

    String text() {
      if (value instanceof String text) {
        return text;
      }
      throw wrong("expected one value");
    }

    /** The value as something else; what it is not like is an error here. */
    <T> T as(Function<String, T> reader) {
      String text = text();
      try {
        return reader.apply(text);
      } catch (InputException e) {
        throw wrong(e.getMessage());
      }
    }

    /** One of some words. */
    String oneOf(Collection<String> words) {
      String text = text();
      if (!words.contains(text)) {
        throw wrong(
            "'"
                + TerminalText.escape(text)
                + "' is none of "
                + String.join(", ", words)
                + suggestion(text, words));
      }
      return text;
    }

    /** A list; one value counts as a list of one. */
    List<Node> list() {
      if (value instanceof List<?> items) {
        return items.stream().map(Node.class::cast).toList();
      }
      if (value instanceof Map) {
        throw wrong("expected a list");
      }
      return text().isEmpty() ? List.of() : List.of(this);
    }

    /** A mapping of names that are not known beforehand. */
    Map<String, Node> mapping() {
      if (value instanceof String text && text.isEmpty()) {
        return Map.of();
      }
      if (!(value instanceof Map<?, ?>)) {
        throw wrong("expected a mapping, as in 'key: value'");
      }
      Map<String, Node> entries = new LinkedHashMap<>();
      ((Map<?, ?>) value).forEach((key, v) -> entries.put((String) key, (Node) v));
      return entries;
    }

    /** A mapping of these keys and no others. */
    Map<String, Node> mapping(List<String> known) {
      Map<String, Node> entries = mapping();
      entries.forEach(
          (key, entry) -> {
            if (!known.contains(key)) {
              throw entry.wrong(
                  "unknown key '" + TerminalText.escape(key) + "'" + suggestion(key, known));
            }
          });
      return entries;
    }
  }

  private static String suggestion(String typed, Collection<String> known) {
    return NearestName.of(typed, known).map(n -> "; did you mean '" + n + "'?").orElse("");
  }

  /**
   * Reads a file.
   *
   * @param name what messages call it
   * @throws InputException if it cannot be read or is no YAML
   */
  static Node read(Path file, String name) {
    try {
      return read(Files.readAllBytes(file), name);
    } catch (IOException e) {
      throw new InputException("cannot read " + name + ": " + e.getMessage());
    }
  }

  /**
   * Reads what a file holds.
   *
   * @param name what messages call it
   * @throws InputException if it is no YAML
   */
  static Node read(byte[] content, String name) {
    SettingsFile settings = new SettingsFile(name);
    try (JsonParser parser = YAML.createParser(content)) {
      JsonToken first = parser.nextToken();
      Node node = first == null ? settings.new Node(1, "") : settings.node(parser, 1, 0);
      if (parser.nextToken() != null) {
        throw node.wrong("a second document follows");
      }
      return node;
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
      String why = e.getOriginalMessage().lines().findFirst().orElse("no YAML");
      throw new InputException(name + line + ": " + TerminalText.escape(why));
    } catch (IOException e) {
      throw new InputException("cannot read " + name + ": " + e.getMessage());
    }
  }

  /**
   * @param line of the key, where there is one
   */
  private Node node(JsonParser parser, int line, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new InputException(name + ":" + line + ": too deeply nested");
    }
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Node> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          int at = parser.currentTokenLocation().getLineNr();
          parser.nextToken();
          entries.put(key, node(parser, at, depth + 1));
        }
        return new Node(line, entries);
      }
      case START_ARRAY -> {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(node(parser, parser.currentTokenLocation().getLineNr(), depth + 1));
        }
        return new Node(line, items);
      }
      case VALUE_NULL -> {
        return new Node(line, "");
      }
      default -> {
        return new Node(line, parser.getText());
      }
    }
  }
}
