package org.gfplint.facts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gfplint.syntax.NodeKind;
import org.gfplint.syntax.SyntaxTree;

/** Reads definitions of types, and the file's variables, from its top-level items. */
final class TypeExtractor {
  /** Macros that define a variable named by their first argument, and its type. */
  private static final Map<String, String> DEFINING =
      Map.ofEntries(
          Map.entry("DEFINE_MUTEX", "struct mutex"),
          Map.entry("DEFINE_SPINLOCK", "spinlock_t"),
          Map.entry("DEFINE_RAW_SPINLOCK", "raw_spinlock_t"),
          Map.entry("DEFINE_RWLOCK", "rwlock_t"),
          Map.entry("DEFINE_SEQLOCK", "seqlock_t"),
          Map.entry("DEFINE_RT_MUTEX", "struct rt_mutex"),
          Map.entry("DEFINE_SEMAPHORE", "struct semaphore"),
          Map.entry("DECLARE_RWSEM", "struct rw_semaphore"),
          Map.entry("DEFINE_STATIC_SRCU", "struct srcu_struct"),
          Map.entry("DEFINE_SRCU", "struct srcu_struct"),
          Map.entry("DEFINE_IDA", "struct ida"),
          Map.entry("DEFINE_IDR", "struct idr"),
          Map.entry("DEFINE_XARRAY", "struct xarray"),
          Map.entry("DEFINE_XARRAY_ALLOC", "struct xarray"),
          Map.entry("DEFINE_XARRAY_ALLOC1", "struct xarray"),
          Map.entry("DEFINE_XARRAY_FLAGS", "struct xarray"),
          Map.entry("LIST_HEAD", "struct list_head"),
          Map.entry("HLIST_HEAD", "struct hlist_head"),
          Map.entry("DECLARE_COMPLETION", "struct completion"),
          Map.entry("DECLARE_WAIT_QUEUE_HEAD", "wait_queue_head_t"),
          Map.entry("DECLARE_WORK", "struct work_struct"),
          Map.entry("DECLARE_DELAYED_WORK", "struct delayed_work"),
          Map.entry("DEFINE_TIMER", "struct timer_list"));

  private static final String PER_CPU = "DEFINE_PER_CPU";

  private final FileText text;

  private List<StructType> structs;
  private List<Member> typedefs;
  private List<Member> variables;
  private byte[] original;

  /** What {@code #pragma pack} makes of the definitions that follow. */
  private int pragma;

  private SyntaxTree tree;

  /** Whether the parser could not make sense of some part of the item. */
  private boolean broken;

  /** Where the normaliser has changed the item, in order. */
  private int[] changedFrom = new int[16];

  private int[] changedTo = new int[16];
  private int changes;

  TypeExtractor(FileText text) {
    this.text = text;
  }

  /**
   * Starts on another file.
   *
   * @param before its text before its macros were rewritten
   */
  void reset(byte[] before) {
    original = before;
    structs = new ArrayList<>();
    typedefs = new ArrayList<>();
    variables = new ArrayList<>();
    pragma = 0;
  }

  TypeFacts facts() {
    return structs.isEmpty() && typedefs.isEmpty() && variables.isEmpty()
        ? TypeFacts.NONE
        : new TypeFacts(structs, typedefs, variables);
  }

  /** Reads one top-level item. */
  void item(SyntaxTree item, boolean hasError) {
    tree = item;
    broken = hasError && !isPaddingOnly();
    switch (item.kind(0)) {
      case NodeKind.STRUCT_SPECIFIER, NodeKind.UNION_SPECIFIER, NodeKind.ENUM_SPECIFIER -> {
        if (hasBody(0)) {
          findChanges();
          specifier(0, endOfItem());
        }
      }
      case NodeKind.TYPE_DEFINITION -> {
        findChanges();
        declaration(typedefs);
      }
      case NodeKind.DECLARATION -> {
        if (tree.child(0, NodeKind.FUNCTION_DECLARATOR) < 0 || isCallback()) {
          findChanges();
          declaration(variables);
        }
      }
      case NodeKind.EXPRESSION_STATEMENT -> definingMacro();
      case NodeKind.PREPROC_CALL -> pragma();
      default -> {}
    }
  }

  /** Whether all that the parser misses is names of bit-fields, as in {@code u32 :16;}. */
  private boolean isPaddingOnly() {
    boolean padding = false;
    for (int n = 0; n < tree.size(); n++) {
      int kind = tree.kind(n);
      boolean missing = tree.start(n) == tree.end(n);
      boolean width = kind == NodeKind.ERROR && isWidth(n);
      if (kind == NodeKind.ERROR && !width || missing && kind != NodeKind.FIELD_IDENTIFIER) {
        return false;
      }
      padding |= missing || width;
    }
    return padding;
  }

  private boolean isWidth(int error) {
    int colon = tree.firstChild(error);
    return colon >= 0 && tree.kind(colon) == NodeKind.COLON;
  }

  /** Whether a function declarator declares a pointer, not a function. */
  private boolean isCallback() {
    int function = tree.child(0, NodeKind.FUNCTION_DECLARATOR);
    return tree.child(function, NodeKind.PARENTHESIZED_DECLARATOR) >= 0;
  }

  private void pragma() {
    String line =
        new String(
            text.bytes(), tree.start(0), tree.end(0) - tree.start(0), StandardCharsets.ISO_8859_1);
    int pack = line.indexOf("pack");
    if (line.contains("pragma") && pack > 0) {
      String argument = line.substring(pack + 4).replaceAll("[\\s()]|push,?", "");
      pragma =
          argument.equals("1")
              ? Attributes.PACKED
              : argument.isEmpty() || argument.equals("pop") ? 0 : Attributes.UNCERTAIN;
    }
  }

  private void definingMacro() {
    int call = tree.child(0, NodeKind.CALL_EXPRESSION);
    int arguments = call < 0 ? -1 : tree.child(call, NodeKind.ARGUMENT_LIST);
    int first = arguments < 0 ? -1 : tree.firstChild(arguments);
    if (first < 0 || tree.kind(tree.firstChild(call)) != NodeKind.IDENTIFIER) {
      return;
    }
    String macro = text.of(tree, tree.firstChild(call));
    if (macro.startsWith(PER_CPU)) {
      int name = tree.nextSibling(arguments, first);
      if (name >= 0 && tree.kind(name) == NodeKind.IDENTIFIER) {
        String type = originalText(tree.start(arguments) + 1, tree.start(name));
        variables.add(plain(text.of(tree, name), type.replaceAll("\\s+(?=\\*)|\\s*,$", "")));
      }
      return;
    }
    String type = DEFINING.get(macro);
    if (type != null && tree.kind(first) == NodeKind.IDENTIFIER) {
      variables.add(plain(text.of(tree, first), type));
    }
  }

  private String originalText(int from, int to) {
    return new String(original, from, to - from, StandardCharsets.UTF_8)
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static Member plain(String name, String type) {
    return new Member(name, type, List.of(), Member.NO_BITS, 0, null);
  }

  // ---- declarations

  private boolean hasBody(int specifier) {
    return tree.child(specifier, NodeKind.FIELD_DECLARATION_LIST) >= 0
        || tree.child(specifier, NodeKind.ENUMERATOR_LIST) >= 0;
  }

  /** The semicolon behind an item, or its end. */
  private int endOfItem() {
    byte[] bytes = text.bytes();
    int last = Math.min(text.length(), tree.end(0) + 400);
    for (int i = tree.end(0); i < last; i++) {
      if (bytes[i] == ';') {
        return i;
      }
      if (bytes[i] == '/' && i + 1 < last && bytes[i + 1] == '*') {
        while (i + 1 < last && (bytes[i] != '*' || bytes[i + 1] != '/' || i == 0)) {
          i++;
        }
      }
    }
    return tree.end(0);
  }

  private static boolean isType(int kind) {
    switch (kind) {
      case NodeKind.TYPE_IDENTIFIER,
      NodeKind.PRIMITIVE_TYPE,
      NodeKind.SIZED_TYPE_SPECIFIER,
      NodeKind.STRUCT_SPECIFIER,
      NodeKind.UNION_SPECIFIER,
      NodeKind.ENUM_SPECIFIER,
      NodeKind.MACRO_TYPE_SPECIFIER:
        return true;
      default:
        return false;
    }
  }

  private void declaration(List<Member> into) {
    List<Member> declared = new ArrayList<>(1);
    declare(0, broken ? Attributes.UNCERTAIN : 0, false, declared);
    for (Member m : declared) {
      if (!m.name().isEmpty() && (into == typedefs || !m.type().endsWith("()"))) {
        into.add(m);
      }
    }
  }

  /**
   * Reads what a declaration or field declaration declares.
   *
   * @param flexible whether it is written as the flexible array it becomes
   */
  private void declare(int node, int attributes, boolean flexible, List<Member> into) {
    int type = -1;
    int firstDeclarator = -1;
    for (int c = tree.firstChild(node); c >= 0; c = tree.nextSibling(node, c)) {
      if (type < 0 && isType(tree.kind(c))) {
        type = c;
      } else if (type >= 0 && FileText.isDeclarator(tree.kind(c))) {
        firstDeclarator = c;
        break;
      }
    }
    if (type < 0) {
      return;
    }
    String base = text.baseType(tree, node);
    StructType nested = null;
    int own = attributes;
    if (hasBody(type)) {
      int end = firstDeclarator < 0 ? tree.end(node) : tree.start(firstDeclarator);
      nested = specifier(type, end);
      own |= changesIn(tree.start(node), tree.start(type));
      own |= changesIn(end, tree.end(node));
    } else {
      own |= changesIn(tree.start(node), tree.end(node));
    }
    boolean isField = tree.kind(node) == NodeKind.FIELD_DECLARATION;
    if (firstDeclarator < 0) {
      int clause = tree.child(node, NodeKind.BITFIELD_CLAUSE);
      int error = tree.child(node, NodeKind.ERROR);
      int bits = clause < 0 && error >= 0 && isWidth(error) ? error : clause;
      if (bits >= 0) {
        into.add(new Member("", base, List.of(), bits(bits), own, nested));
      } else if (nested != null && nested.tag().isEmpty()) {
        if (nested.kind() != StructType.Kind.ENUM) {
          into.add(new Member("", base, List.of(), Member.NO_BITS, own, nested));
        }
      } else if (isField && !base.startsWith("enum")) {
        // A member only for compilers that are asked to see one there.
        int maybe = own | Attributes.CONDITIONAL;
        into.add(new Member("", base, List.of(), Member.NO_BITS, maybe, null));
      }
      return;
    }
    for (int c = firstDeclarator; c >= 0; c = tree.nextSibling(node, c)) {
      if (!FileText.isDeclarator(tree.kind(c))) {
        continue;
      }
      int name = FileText.declaredName(tree, c);
      if (name < 0) {
        continue;
      }
      FileText.Declared declared = text.declared(tree, c);
      int next = tree.nextSibling(node, c);
      boolean hasBits = next >= 0 && tree.kind(next) == NodeKind.BITFIELD_CLAUSE;
      String whole = declared.suffix().isEmpty() ? base : base + declared.suffix();
      List<Expr> dimensions = dimensions(declared, isField);
      StructType body = nested != null && nested.tag().isEmpty() ? nested : null;
      if (isField && base.startsWith("DECLARE_")) {
        Member array = declaredArray(base, text.of(tree, name), tree.start(node), attributes);
        if (array != null) {
          into.add(array);
          continue;
        }
      }
      if (flexible) {
        dimensions = new ArrayList<>(dimensions);
        dimensions.add(0, Expr.number(0));
        dimensions = List.copyOf(dimensions);
      }
      // The normaliser names padding.
      int at = tree.start(name);
      boolean padding = hasBits && (at == tree.end(name) || original[at] != text.bytes()[at]);
      into.add(
          new Member(
              padding ? "" : text.of(tree, name),
              whole,
              dimensions,
              hasBits ? bits(next) : Member.NO_BITS,
              own,
              body));
    }
  }

  private List<Expr> dimensions(FileText.Declared declared, boolean isField) {
    List<Expr> dimensions = BodyExtractor.dimensions(tree, text, declared);
    if (isField && !dimensions.isEmpty() && declared.dimensions().get(0) < 0) {
      List<Expr> flexible = new ArrayList<>(dimensions);
      flexible.set(0, Expr.number(0));
      return List.copyOf(flexible);
    }
    return dimensions;
  }

  private int bits(int clause) {
    Expr width = BodyExtractor.value(tree, text, tree.lastChild(clause));
    boolean known = width.is(Expr.Kind.NUMBER) && width.number() >= 0 && width.number() <= 128;
    return known ? (int) width.number() : Member.UNKNOWN_BITS;
  }

  /** The array that DECLARE_BITMAP(name, bits) or DECLARE_HASHTABLE(name, bits) declares. */
  private Member declaredArray(String macro, String name, int from, int attributes) {
    int close = from;
    int depth = 0;
    int comma = -1;
    for (; close < text.length() && original[close] != ';'; close++) {
      if (original[close] == '(') {
        depth++;
      } else if (original[close] == ')' && --depth == 0) {
        break;
      } else if (original[close] == ',' && depth == 1) {
        comma = close;
      }
    }
    if (comma < 0) {
      return null;
    }
    String argument = originalText(comma + 1, close);
    Expr bits =
        argument.matches("[0-9]+")
            ? Expr.number(Long.parseLong(argument))
            : argument.matches("\\w+") ? Expr.name(argument) : Expr.UNKNOWN;
    if (macro.equals("DECLARE_BITMAP")) {
      Expr rounded = Expr.of(Expr.Kind.BINARY, "+", bits, Expr.number(63));
      Expr longs = Expr.of(Expr.Kind.BINARY, "/", rounded, Expr.number(64));
      return new Member(name, "unsigned long", List.of(longs), Member.NO_BITS, attributes, null);
    }
    if (macro.equals("DECLARE_HASHTABLE")) {
      Expr buckets = Expr.of(Expr.Kind.BINARY, "<<", Expr.number(1), bits);
      return new Member(
          name, "struct hlist_head", List.of(buckets), Member.NO_BITS, attributes, null);
    }
    return null;
  }

  // ---- bodies

  /**
   * Reads a body.
   *
   * @param end where what belongs to the specifier ends, attributes behind the body included
   * @return the definition; one with a tag is noted too
   */
  private StructType specifier(int node, int end) {
    int tagNode = tree.child(node, NodeKind.TYPE_IDENTIFIER);
    String tag = tagNode < 0 ? "" : text.of(tree, tagNode);
    if (tree.kind(node) == NodeKind.ENUM_SPECIFIER) {
      int list = tree.child(node, NodeKind.ENUMERATOR_LIST);
      int attributes =
          changesIn(tree.start(node), tree.start(list))
              | changesIn(tree.end(list), end)
              | (hasLargeValue(list) ? Attributes.UNCERTAIN : 0);
      StructType type = new StructType(StructType.Kind.ENUM, tag, List.of(), attributes);
      if (!tag.isEmpty() && attributes != 0) {
        structs.add(type);
      }
      return type;
    }
    StructType.Kind kind =
        tree.kind(node) == NodeKind.UNION_SPECIFIER
            ? StructType.Kind.UNION
            : StructType.Kind.STRUCT;
    int list = tree.child(node, NodeKind.FIELD_DECLARATION_LIST);
    List<Member> members = new ArrayList<>();
    int attributes = pragma | (broken ? Attributes.UNCERTAIN : 0);
    attributes |= changesIn(tree.start(node), tree.start(list));
    attributes |= changesIn(tree.end(list), end);
    attributes |= members(list, tree.start(list) + 1, broken ? Attributes.CONDITIONAL : 0, members);
    StructType type = new StructType(kind, tag, List.copyOf(members), attributes);
    if (!tag.isEmpty()) {
      structs.add(type);
    }
    return type;
  }

  /**
   * Reads the members below a node.
   *
   * @param conditional what all of them have
   * @return what it means for the whole
   */
  private int members(int parent, int from, int conditional, List<Member> into) {
    int whole = 0;
    int at = from;
    for (int c = tree.firstChild(parent); c >= 0; c = tree.nextSibling(parent, c)) {
      switch (tree.kind(c)) {
        case NodeKind.FIELD_DECLARATION -> {
          boolean flexible = isFlexible(at, tree.start(c));
          int before = flexible ? 0 : changesIn(at, tree.start(c));
          declare(c, conditional | before, flexible, into);
        }
        case NodeKind.PREPROC_IF, NodeKind.PREPROC_IFDEF ->
            whole |= conditionalMembers(c, conditional, into);
        case NodeKind.ERROR -> whole |= Attributes.UNCERTAIN;
        default -> {}
      }
      at = tree.end(c);
    }
    return whole | changesIn(at, tree.end(parent));
  }

  private int conditionalMembers(int node, int conditional, List<Member> into) {
    int condition = tree.firstChild(node);
    int alternative = -1;
    for (int c = condition; c >= 0; c = tree.nextSibling(node, c)) {
      int kind = tree.kind(c);
      if (kind == NodeKind.PREPROC_ELSE
          || kind == NodeKind.PREPROC_ELIF
          || kind == NodeKind.PREPROC_ELIFDEF) {
        alternative = c;
      }
    }
    int truth = condition < 0 ? 0 : LayoutConditions.truth(conditionText(node, condition));
    int depends = truth == 0 ? conditional | Attributes.CONDITIONAL : conditional;
    int whole = 0;
    int from = condition < 0 ? tree.start(node) : tree.end(condition);
    List<Member> yes = new ArrayList<>();
    List<Member> no = new ArrayList<>();
    whole |= members(node, from, depends, yes);
    if (alternative >= 0) {
      whole |=
          tree.kind(alternative) == NodeKind.PREPROC_ELSE
              ? members(alternative, tree.start(alternative), depends, no)
              : conditionalMembers(alternative, depends, no);
    }
    if (truth >= 0) {
      into.addAll(yes);
    }
    if (truth <= 0) {
      into.addAll(no);
    }
    return whole;
  }

  private String conditionText(int node, int condition) {
    String words = text.compact(tree.start(condition), tree.end(condition));
    int start = tree.start(node);
    boolean ifndef =
        tree.kind(node) == NodeKind.PREPROC_IFDEF
            && text.of(start, Math.min(start + 7, tree.end(node))).equals("#ifndef");
    return ifndef ? "!" + words : words;
  }

  /** Whether a value may need more than an int, which makes the whole enum larger. */
  private boolean hasLargeValue(int list) {
    boolean shifts = false;
    boolean far = false;
    for (int n = list + 1; n < tree.after(list); n++) {
      switch (tree.kind(n)) {
        case NodeKind.NUMBER_LITERAL -> {
          String digits = text.of(tree, n);
          Expr value = text.number(tree, n);
          long number = value.is(Expr.Kind.NUMBER) ? value.number() : Long.MAX_VALUE;
          if (number < 0
              || number > 0xffffffffL
              || digits.toUpperCase(Locale.ROOT).endsWith("LL")) {
            return true;
          }
          far |= number >= 31 && number < 64;
        }
        case NodeKind.SHIFT_LEFT, NodeKind.CALL_EXPRESSION -> shifts = true;
        default -> {}
      }
    }
    return shifts && far;
  }

  // ---- what the normaliser changed

  private void findChanges() {
    changes = 0;
    byte[] bytes = text.bytes();
    int end = endOfItem();
    int at = tree.start(0);
    while (at < end) {
      int skip = Arrays.mismatch(bytes, at, end, original, at, end);
      if (skip < 0) {
        return;
      }
      int from = at + skip;
      int to = from + 1;
      while (to < end && (bytes[to] != original[to] || bytes[to] == ' ' && !isWordAt(to))) {
        to++;
      }
      if (changes == changedFrom.length) {
        changedFrom = Arrays.copyOf(changedFrom, changes * 2);
        changedTo = Arrays.copyOf(changedTo, changes * 2);
      }
      changedFrom[changes] = from;
      changedTo[changes++] = to;
      at = to;
    }
  }

  private boolean isWordAt(int at) {
    return Character.isJavaIdentifierPart(original[at]);
  }

  /** Whether the member behind a change is what DECLARE_FLEX_ARRAY(type, name) makes. */
  private boolean isFlexible(int from, int to) {
    for (int i = 0; i < changes; i++) {
      if (changedFrom[i] >= from && changedFrom[i] < to) {
        int word = changedFrom[i];
        int end = word;
        while (isWordAt(end)) {
          end++;
        }
        String macro = new String(original, word, end - word, StandardCharsets.ISO_8859_1);
        return macro.equals("DECLARE_FLEX_ARRAY") || macro.equals("__DECLARE_FLEX_ARRAY");
      }
    }
    return false;
  }

  /** What the changes in a range mean for the layout. */
  private int changesIn(int from, int to) {
    int meaning = 0;
    for (int i = 0; i < changes && changedFrom[i] < to; i++) {
      if (changedFrom[i] >= from) {
        meaning |= LayoutWords.meaning(original, changedFrom[i], changedTo[i]);
      }
    }
    return meaning;
  }
}
