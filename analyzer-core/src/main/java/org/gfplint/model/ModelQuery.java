package org.gfplint.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One question to the model, in the words of the one who asks.
 *
 * @param kernel version to ask about
 * @param api function name, "_noprof" or not
 * @param mask mask expression; empty for the API's implicit mask
 * @param size how much is asked for
 * @param context where the call is
 */
public record ModelQuery(
    KernelVersion kernel,
    String api,
    Optional<String> mask,
    Optional<AllocationSize> size,
    ExecutionContext context) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern SIZE =
      Pattern.compile("(\\d+|0[xX][0-9a-fA-F]+)\\s*([KMGT]?)(?:i?B)?");
  private static final List<String> FIELDS =
      List.of("api", "mask", "size", "order", "scope", "kernel", "context", "rt");

  /** Other words for the contexts, beside their own spelling. */
  private static final Map<String, AtomicContext> CONTEXT_WORDS =
      Map.ofEntries(
          Map.entry("rcu", AtomicContext.RCU_READ),
          Map.entry("rcu-bh", AtomicContext.RCU_READ_BH),
          Map.entry("rcu-sched", AtomicContext.RCU_READ_SCHED),
          Map.entry("preempt", AtomicContext.PREEMPT_OFF),
          Map.entry("preempt-disabled", AtomicContext.PREEMPT_OFF),
          Map.entry("bh", AtomicContext.BH_OFF),
          Map.entry("bh-disabled", AtomicContext.BH_OFF),
          Map.entry("irqs-off", AtomicContext.IRQ_OFF),
          Map.entry("irq-disabled", AtomicContext.IRQ_OFF),
          Map.entry("irqs-disabled", AtomicContext.IRQ_OFF),
          Map.entry("irq", AtomicContext.HARDIRQ),
          Map.entry("interrupt", AtomicContext.HARDIRQ),
          Map.entry("atomic", AtomicContext.SPINLOCK));

  /**
   * Reads one line of a batch: {@code {"api","mask","size"|"order","scope":[outermost first],
   * "kernel","context"}}.
   *
   * @throws ModelQueryException if it is not such an object
   */
  public static ModelQuery fromJson(String line) {
    return fromJson(line, Optional.empty());
  }

  /**
   * Reads one line of a batch.
   *
   * @param defaultKernel version for a query that names none
   * @throws ModelQueryException if it is not such an object, or names no version and there is no
   *     default
   */
  public static ModelQuery fromJson(String line, Optional<KernelVersion> defaultKernel) {
    String api = null;
    String mask = "";
    Optional<AllocationSize> size = Optional.empty();
    List<String> scopes = List.of();
    List<String> contexts = List.of();
    String kernel = null;
    boolean realtime = false;
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ModelQueryException("not a JSON object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case "api" -> api = text(field, parser);
          case "mask" -> mask = text(field, parser);
          case "size" -> size = Optional.of(parseSize(text(field, parser)));
          case "order" -> size = Optional.of(parseOrder(text(field, parser)));
          case "scope" -> scopes = texts(field, parser);
          case "context" -> contexts = texts(field, parser);
          case "kernel" -> kernel = text(field, parser);
          case "rt" -> realtime = Boolean.parseBoolean(text(field, parser));
          default ->
              throw new ModelQueryException(
                  "unknown field '" + field + "'", NearestNames.to(field, FIELDS));
        }
      }
      if (parser.nextToken() != null) {
        throw new ModelQueryException("something follows the JSON object");
      }
    } catch (JsonProcessingException e) {
      throw new ModelQueryException(
          "not JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""));
    } catch (IOException e) {
      throw new ModelQueryException("not JSON: " + e.getMessage());
    }
    if (api == null || kernel == null && defaultKernel.isEmpty()) {
      throw new ModelQueryException("field '" + (api == null ? "api" : "kernel") + "' is missing");
    }
    return new ModelQuery(
        kernel == null ? defaultKernel.get() : parseKernel(kernel),
        api,
        Optional.of(mask).filter(m -> !m.isBlank()),
        size,
        new ExecutionContext(parseScopes(scopes), parseContexts(contexts), realtime));
  }

  private static String text(String field, JsonParser parser) throws IOException {
    if (!parser.currentToken().isScalarValue() || parser.currentToken() == JsonToken.VALUE_NULL) {
      throw new ModelQueryException("field '" + field + "' is not a text or a number");
    }
    return parser.getText();
  }

  private static List<String> texts(String field, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return List.of(text(field, parser).split("\\s*[,>+]\\s*"));
    }
    List<String> texts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      texts.add(text(field, parser));
    }
    return texts;
  }

  /**
   * @throws ModelQueryException if it is not a kernel version
   */
  public static KernelVersion parseKernel(String text) {
    try {
      return KernelVersion.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ModelQueryException(e.getMessage());
    }
  }

  /**
   * Reads "8192", "64K", "2M", an interval "1K-64K" or "unknown".
   *
   * @throws ModelQueryException if it is none of these
   */
  public static AllocationSize parseSize(String text) {
    if (text.strip().equals("unknown")) {
      return AllocationSize.UNKNOWN;
    }
    int dash = text.indexOf('-');
    long min = bytes(text, dash < 0 ? text : text.substring(0, dash));
    long max = dash < 0 ? min : bytes(text, text.substring(dash + 1));
    if (max < min) {
      throw new ModelQueryException("not a size: '" + text + "' ends before it begins");
    }
    return new AllocationSize(min, max);
  }

  private static long bytes(String whole, String text) {
    Matcher matcher = SIZE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new ModelQueryException(
          "not a size: '" + whole + "' (expected bytes, as in 8192, 64K, 1K-2M, or unknown)");
    }
    String digits = matcher.group(1);
    String unit = matcher.group(2);
    long factor = unit.isEmpty() ? 1 : 1L << 10 * ("KMGT".indexOf(unit) + 1);
    try {
      long number =
          digits.length() > 1 && Character.toLowerCase(digits.charAt(1)) == 'x'
              ? Long.parseLong(digits.substring(2), 16)
              : Long.parseLong(digits);
      return Math.multiplyExact(number, factor);
    } catch (NumberFormatException | ArithmeticException e) {
      // SIZE_MAX and the like: beyond every limit is all that matters.
      return Long.MAX_VALUE;
    }
  }

  /**
   * @throws ModelQueryException if it is not a page order
   */
  public static AllocationSize parseOrder(String text) {
    if (!text.strip().matches("\\d{1,3}")) {
      throw new ModelQueryException("not a page order: '" + text + "'");
    }
    return AllocationSize.ofOrder(Integer.parseInt(text.strip()));
  }

  /**
   * Reads scopes by name, outermost first; "none" is none.
   *
   * @throws ModelQueryException if a name is no scope
   */
  public static List<ScopeKind> parseScopes(List<String> names) {
    List<ScopeKind> scopes = new ArrayList<>();
    for (String name : names) {
      String word = name.strip().toLowerCase(Locale.ROOT);
      if (word.isEmpty() || word.equals("none")) {
        continue;
      }
      List<String> known = new ArrayList<>();
      ScopeKind found = null;
      for (ScopeKind kind : ScopeKind.values()) {
        known.add(kind.spelling());
        if (kind.spelling().equals(word) || kind.taskFlag().equalsIgnoreCase(word)) {
          found = kind;
        }
      }
      if (found == null) {
        throw new ModelQueryException(
            "unknown scope '" + name + "' (expected " + String.join(", ", known) + ")",
            NearestNames.to(word, known));
      }
      scopes.add(found);
    }
    return scopes;
  }

  /**
   * Reads contexts by name, as in "spinlock" or "hardirq"; "process" is none.
   *
   * @throws ModelQueryException if a name is no context
   */
  public static Set<AtomicContext> parseContexts(List<String> names) {
    Set<AtomicContext> contexts = EnumSet.noneOf(AtomicContext.class);
    for (String name : names) {
      String word = name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
      if (word.isEmpty() || word.equals("process") || word.equals("none")) {
        continue;
      }
      AtomicContext found = CONTEXT_WORDS.get(word);
      List<String> known = new ArrayList<>(List.of("process"));
      for (AtomicContext context : AtomicContext.values()) {
        known.add(context.spelling());
        found = context.spelling().equals(word) ? context : found;
      }
      if (found == null) {
        throw new ModelQueryException(
            "unknown context '" + name + "' (expected " + String.join(", ", known) + ")",
            NearestNames.to(word, known));
      }
      contexts.add(found);
    }
    return contexts;
  }

  /**
   * Asks the model.
   *
   * @throws ModelQueryException if the API or a flag is not known in that version; the message
   *     names the nearest ones
   * @throws ModelDataException if the bundled facts are not usable
   */
  public ModelAnswer answer() {
    AllocatorModel model = AllocatorModel.forVersion(kernel);
    AllocatorApi found = findApi(model);
    GfpMask requested = findMask(model, found);
    AllocationSize asked =
        switch (found.size().kind()) {
          case ONE_PAGE -> AllocationSize.ofOrder(0);
          case CACHE -> AllocationSize.UNKNOWN;
          default -> size.orElse(AllocationSize.UNKNOWN);
        };
    AllocationRequest request = new AllocationRequest(found, requested, asked);
    Outcome outcome = model.evaluate(request, context);
    return new ModelAnswer(
        this, model, request, outcome, model.violations(request, context, outcome));
  }

  private AllocatorApi findApi(AllocatorModel model) {
    return model.api(api).orElseThrow(() -> noSuchApi(model));
  }

  private ModelQueryException noSuchApi(AllocatorModel model) {
    String range = model.apiRange(api);
    return range.isEmpty()
        ? new ModelQueryException(
            "unknown allocator '" + api + "'", NearestNames.to(api, model.apiNames()))
        : new ModelQueryException(api + " does not exist in " + kernel + " (" + range + ")");
  }

  private GfpMask findMask(AllocatorModel model, AllocatorApi found) {
    boolean implied = found.implicitMask().isPresent();
    if (implied && (found.maskArgument().isEmpty() || mask.isEmpty() && found.maskOptional())) {
      return model.parseMask(found.implicitMask().get()).mask();
    }
    if (mask.isEmpty()) {
      throw new ModelQueryException(found.name() + " needs a mask");
    }
    try {
      return model.parseMask(mask.get()).mask();
    } catch (MaskExpression.UnknownMaskName e) {
      throw unknownName(model, e.name());
    } catch (IllegalArgumentException e) {
      throw new ModelQueryException(e.getMessage());
    }
  }

  private ModelQueryException unknownName(AllocatorModel model, String name) {
    Optional<NameHistory> history = model.history(name);
    if (history.isEmpty()) {
      return new ModelQueryException(
          "unknown flag '" + name + "'", NearestNames.to(name, model.gfpNames()));
    }
    return new ModelQueryException(
        name
            + " does not exist in "
            + kernel
            + " ("
            + history.get().range()
            + history.get().replacedBy().map(then -> "; then " + then).orElse("")
            + ")");
  }
}
