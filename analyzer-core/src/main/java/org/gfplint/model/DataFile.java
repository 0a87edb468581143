package org.gfplint.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One data file of the model, read into entries whose every access is checked.
 *
 * <p>The files are YAML in flow style with quoted texts, which is also JSON with comments: a JSON
 * parser reads them in a tenth of the time that a YAML parser takes to start.
 */
final class DataFile {
  private static final JsonFactory FORMAT =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_YAML_COMMENTS)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private final String name;
  private final Map<String, Object> content;
  private final Map<String, KernelVersion> versions = new HashMap<>();

  private DataFile(String name, Map<String, Object> content) {
    this.name = name;
    this.content = content;
  }

  static DataFile parse(String name, byte[] text) {
    try (JsonParser parser = FORMAT.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ModelDataException(name, "top level", "expected a mapping");
      }
      DataFile file = new DataFile(name, mapping(name, parser));
      if (parser.nextToken() != null) {
        throw new ModelDataException(name, "top level", "something follows the mapping");
      }
      return file;
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "top level" : "line " + e.getLocation().getLineNr();
      throw new ModelDataException(
          name, where, e.getOriginalMessage().lines().findFirst().orElse("not flow-style YAML"));
    } catch (IOException e) {
      throw new ModelDataException(name, "top level", "cannot be read: " + e.getMessage());
    }
  }

  String name() {
    return name;
  }

  void allowOnly(List<String> keys) {
    for (String key : content.keySet()) {
      if (!keys.contains(key)) {
        throw new ModelDataException(
            name,
            "top level",
            "unknown section '" + key + "'" + NearestNames.suggestion(NearestNames.to(key, keys)));
      }
    }
  }

  String text(String key, String absent) {
    Object value = content.get(key);
    if (value instanceof Map || value instanceof List) {
      throw new ModelDataException(name, key, "expected a text");
    }
    return value == null ? absent : value.toString();
  }

  /** A list of texts; none if the key is absent. */
  List<String> texts(String key) {
    Object value = content.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
      throw new ModelDataException(name, key, "expected a list of texts");
    }
    return list.stream().map(String.class::cast).toList();
  }

  /** The entries of a list of mappings; none if the key is absent. */
  List<Entry> entries(String key, String nameField) {
    Object value = content.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      throw new ModelDataException(name, key, "expected a list");
    }
    List<Entry> entries = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      String position = key + " entry " + (i + 1);
      if (!(list.get(i) instanceof Map<?, ?> fields)) {
        throw new ModelDataException(name, position, "expected a mapping");
      }
      Object label = fields.get(nameField);
      if (!(label instanceof String)) {
        throw new ModelDataException(name, position, "has no " + nameField);
      }
      entries.add(new Entry((String) label, fields));
    }
    return entries;
  }

  private static Map<String, Object> mapping(String file, JsonParser parser) throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      if (map.putIfAbsent(key, value(file, parser)) != null) {
        throw new ModelDataException(
            file, "line " + parser.currentLocation().getLineNr(), "'" + key + "' is given twice");
      }
    }
    return map;
  }

  private static Object value(String file, JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return mapping(file, parser);
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> list = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        list.add(value(file, parser));
      }
      return list;
    }
    return parser.getText();
  }

  /** One entry of a list, known by its id or name. */
  final class Entry {
    private final String label;
    private final Map<?, ?> fields;

    private Entry(String label, Map<?, ?> fields) {
      this.label = label;
      this.fields = fields;
    }

    String label() {
      return label;
    }

    /** The same fields under another name, for problems with one of several. */
    Entry named(String other) {
      return new Entry(other, fields);
    }

    String file() {
      return name;
    }

    ModelDataException problem(String text) {
      return new ModelDataException(name, label, text);
    }

    void allowOnly(List<String> keys) {
      for (Object key : fields.keySet()) {
        if (!keys.contains(key)) {
          throw problem("unknown field '" + key + "'");
        }
      }
    }

    Optional<String> optional(String key) {
      Object value = fields.get(key);
      if (value instanceof Map || value instanceof List) {
        throw problem(key + " is not a text");
      }
      return Optional.ofNullable((String) value);
    }

    String required(String key) {
      return optional(key)
          .filter(value -> !value.isBlank())
          .orElseThrow(() -> problem("has no " + key));
    }

    Map<String, String> texts(String key) {
      Object value = fields.get(key);
      if (value == null) {
        return Map.of();
      }
      if (!(value instanceof Map<?, ?> map)) {
        throw problem(key + " is not a mapping");
      }
      Map<String, String> texts = new LinkedHashMap<>();
      map.forEach((k, v) -> texts.put(k.toString(), String.valueOf(v)));
      return texts;
    }

    Optional<KernelVersion> version(String key) {
      return optional(key)
          .map(
              text -> {
                try {
                  return versions.computeIfAbsent(text, KernelVersion::parse);
                } catch (IllegalArgumentException e) {
                  throw problem(e.getMessage());
                }
              });
    }
  }
}
