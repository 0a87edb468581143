package org.gfplint.report;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.gfplint.source.SkippedFileException;
import org.gfplint.source.SourceFile;

/**
 * The sections of a tree's MAINTAINERS, matched with a path as the kernel's own
 * scripts/get_maintainer.pl does with -f: by F:, X: and N: lines, the nearest directory first.
 * Keywords (K:) are for patches. The file is the tree's, so its patterns run in linear time, and
 * one that cannot is left out. Safe for many threads.
 */
public final class Maintainers {
  /** Of a tree without the file. */
  public static final Maintainers NONE = new Maintainers(List.of());

  private static final String FILE = "MAINTAINERS";

  /** Characters; longer patterns are not a person's. */
  private static final int LONGEST_PATTERN = 1000;

  private final List<Section> sections;
  private final Map<String, List<Match>> known = new ConcurrentHashMap<>();

  private Maintainers(List<Section> sections) {
    this.sections = List.copyOf(sections);
  }

  /**
   * Reads the file of a tree, or gives {@link #NONE}.
   *
   * @throws SkippedFileException if there is one that cannot be read
   */
  public static Maintainers of(Path tree) throws SkippedFileException {
    Path file = tree.resolve(FILE);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return NONE;
    }
    byte[] bytes = new SourceFile(FILE, file, 0).read();
    return parse(
        new String(bytes, StandardCharsets.UTF_8), path -> Files.isDirectory(tree.resolve(path)));
  }

  private static Maintainers parse(String text, Predicate<String> isDirectory) {
    List<Section> sections = new ArrayList<>();
    Section section = new Section("");
    for (String line : text.split("\n")) {
      if (line.length() > 1 && line.charAt(1) == ':' && isCapital(line.charAt(0))) {
        section.add(line.charAt(0), line.substring(2).stripLeading(), isDirectory);
      } else if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
        // Only what follows makes a title of it: the file begins with some pages of text.
        section = new Section(line.strip());
        sections.add(section);
      }
    }
    return new Maintainers(sections.stream().filter(Section::isAboutFiles).toList());
  }

  public boolean isEmpty() {
    return sections.isEmpty();
  }

  /**
   * The names of the sections that a path belongs to, each once, the nearest first; those as near
   * as each other in order of the file.
   *
   * @param path of a file, relative to the tree, separated by '/'
   */
  public List<String> sectionsOf(String path) {
    return matches(path).stream().map(Match::name).distinct().toList();
  }

  /**
   * The nearest section, or the words "in no section of MAINTAINERS". One that takes every file, as
   * THE REST does, is the nearest where no other is.
   */
  public String nearest(String path) {
    List<Match> all = matches(path);
    return all.isEmpty() ? "in no section of " + FILE : all.get(0).name();
  }

  private List<Match> matches(String path) {
    return known.computeIfAbsent(
        path,
        p -> {
          List<Match> found = new ArrayList<>();
          for (Section section : sections) {
            section.depth(p).ifPresent(depth -> found.add(new Match(section.name, depth)));
          }
          found.sort(Comparator.comparingInt(Match::depth).reversed());
          return List.copyOf(found);
        });
  }

  private static boolean isCapital(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static int slashes(String text) {
    return (int) text.chars().filter(c -> c == '/').count();
  }

  /**
   * A section that takes a path.
   *
   * @param depth directories that its pattern names; 0 for N:, -1 for a pattern that begins with *
   */
  private record Match(String name, int depth) {}

  private static final class Section {
    final String name;
    private final List<PathPattern> included = new ArrayList<>();
    private final List<PathPattern> excluded = new ArrayList<>();

    Section(String name) {
      this.name = name;
    }

    void add(char type, String value, Predicate<String> isDirectory) {
      if (value.length() > LONGEST_PATTERN) {
        return;
      }
      try {
        switch (type) {
          case 'F' -> included.add(PathPattern.ofGlob(value, isDirectory));
          case 'X' -> excluded.add(PathPattern.ofGlob(value, isDirectory));
          case 'N' -> {
            if (!value.isBlank()) {
              included.add(PathPattern.ofName(value));
            }
          }
          default -> {
            // Addresses, trees, keywords: nothing about paths.
          }
        }
      } catch (PatternSyntaxException e) {
        // A pattern that takes nothing.
      }
    }

    boolean isAboutFiles() {
      return !included.isEmpty();
    }

    /** Empty if the path is not of this section; the last pattern that takes it decides. */
    OptionalInt depth(String path) {
      OptionalInt depth = OptionalInt.empty();
      for (PathPattern pattern : included) {
        if (pattern.takes(path)) {
          depth = OptionalInt.of(pattern.depth);
        }
      }
      return depth.isEmpty() || excluded.stream().anyMatch(x -> x.takes(path))
          ? OptionalInt.empty()
          : depth;
    }
  }

  /** One F:, X: or N: line. */
  private static final class PathPattern {
    final int depth;

    /** What a path must begin with before the expression is asked. */
    private final String prefix;

    /** Null if the prefix is all. */
    private final Pattern expression;

    /** Slashes that a path must have; -1 for any number. */
    private final int slashes;

    private PathPattern(String prefix, Pattern expression, int slashes, int depth) {
      this.prefix = prefix;
      this.expression = expression;
      this.slashes = slashes;
      this.depth = depth;
    }

    /**
     * A pattern of F: or X:. The script takes it as a regular expression in which '.', '*' and '?'
     * have a shell's meaning and everything else, as in [ch], that of expressions.
     */
    static PathPattern ofGlob(String value, Predicate<String> isDirectory) {
      String literal = literalPrefix(value);
      boolean whole = literal.length() == value.length();
      // The script asks for the directory after it put a backslash before each dot.
      if (whole
          && !value.isEmpty()
          && !value.endsWith("/")
          && !value.startsWith("/")
          && value.indexOf('.') < 0
          && isDirectory.test(value)) {
        return ofGlob(value + "/", isDirectory);
      }
      int slashes = slashes(value);
      int depth = slashes;
      if (value.startsWith("*")) {
        depth = -1;
      } else if (!value.endsWith("/")) {
        depth++;
      }
      return new PathPattern(
          literal,
          whole ? null : compile("^" + expression(value)),
          value.endsWith("/") ? -1 : slashes,
          depth);
    }

    /** A pattern of N:, an expression in which blanks mean nothing, found anywhere in a path. */
    static PathPattern ofName(String value) {
      return new PathPattern("", compile(withoutBlanks(value)), -1, 0);
    }

    boolean takes(String path) {
      return path.startsWith(prefix)
          && (slashes < 0 || slashes(path) == slashes)
          && (expression == null || expression.matcher(path).find());
    }

    private static String expression(String glob) {
      StringBuilder expression = new StringBuilder(glob.length() + 8);
      for (char c : glob.toCharArray()) {
        switch (c) {
          case '.' -> expression.append("\\.");
          case '*' -> expression.append(".*");
          case '?' -> expression.append('.');
          default -> expression.append(c);
        }
      }
      return expression.toString();
    }

    /** How far the pattern means itself. */
    private static String literalPrefix(String glob) {
      if (glob.indexOf('|') >= 0) {
        return "";
      }
      int end = 0;
      while (end < glob.length() && isLiteral(glob.charAt(end))) {
        end++;
      }
      boolean counted = end < glob.length() && "+{".indexOf(glob.charAt(end)) >= 0;
      return glob.substring(0, counted && end > 0 ? end - 1 : end);
    }

    private static boolean isLiteral(char c) {
      return c >= 'a' && c <= 'z'
          || c >= '0' && c <= '9'
          || isCapital(c)
          || "/._-,".indexOf(c) >= 0;
    }

    private static String withoutBlanks(String expression) {
      StringBuilder text = new StringBuilder(expression.length());
      boolean inClass = false;
      for (int i = 0; i < expression.length(); i++) {
        char c = expression.charAt(i);
        if (c == '\\' && i + 1 < expression.length()) {
          text.append(c).append(expression.charAt(++i));
        } else if (inClass) {
          inClass = c != ']';
          text.append(c);
        } else if (c == '#') {
          break;
        } else if (!Character.isWhitespace(c)) {
          inClass = c == '[';
          text.append(c);
        }
      }
      return text.toString();
    }

    /** Counted repetitions multiply: one in a pattern is enough. */
    private static Pattern compile(String expression) {
      if (expression.indexOf('{') != expression.lastIndexOf('{')) {
        throw new PatternSyntaxException("too many repetitions", expression);
      }
      return Pattern.compile(expression);
    }
  }
}
