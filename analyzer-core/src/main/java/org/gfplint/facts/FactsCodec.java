package org.gfplint.facts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.gfplint.facts.Block.Exit;
import org.gfplint.facts.Block.ExitKind;
import org.gfplint.facts.FunctionFacts.Linkage;

/**
 * Facts as bytes, and back: how they lie in memory between the stages and in the store. Numbers are
 * of variable length, every name stands once.
 */
public final class FactsCodec {
  private static final Expr.Kind[] KINDS = Expr.Kind.values();
  private static final ExitKind[] EXITS = ExitKind.values();
  private static final Linkage[] LINKAGES = Linkage.values();
  private static final StructType.Kind[] STRUCTS = StructType.Kind.values();

  private FactsCodec() {}

  /** The facts as bytes. */
  public static byte[] encode(FileFacts facts) {
    Writer body = new Writer();
    body.named(facts.functions(), FunctionFacts::name, body::function);
    body.named(facts.constants(), MacroConstant::name, body::constant);
    body.list(facts.stored(), body::stored);
    body.list(facts.includes(), body::name);
    body.list(facts.ignores(), body::ignore);
    return body.withNames(types(facts.types()));
  }

  /** Types stand before all else and apart from it, since few are ever read again. */
  private static byte[] types(TypeFacts types) {
    byte[] packed = types.packed();
    if (packed != null) {
      return packed;
    }
    if (types.equals(TypeFacts.NONE)) {
      return new byte[0];
    }
    // What is defined comes first, by name alone: that much is read of every file.
    Writer head = new Writer();
    head.list(types.structs(), s -> head.text(s.tag()));
    head.list(types.typedefs(), t -> head.text(t.name()));
    head.list(types.variables(), v -> head.text(v.name()));
    Writer body = new Writer();
    types.structs().forEach(body::struct);
    types.typedefs().forEach(body::declared);
    types.variables().forEach(body::declared);
    byte[] rest = body.withNames(null);
    byte[] all = Arrays.copyOf(head.bytes, head.size + rest.length);
    System.arraycopy(rest, 0, all, head.size, rest.length);
    return all;
  }

  static int[] nameHashes(byte[] bytes, int from, int to) {
    Reader in = new Reader(bytes);
    in.at = from;
    try {
      int[] hashes = new int[16];
      int n = 0;
      for (int kind = 0; kind < 3; kind++) {
        for (int left = in.size(); left > 0; left--) {
          if (n == hashes.length) {
            hashes = Arrays.copyOf(hashes, n * 2);
          }
          hashes[n++] = TypeFacts.hash(in.textHash(), kind);
        }
      }
      if (in.at > to) {
        throw new IllegalArgumentException("types are cut off or damaged");
      }
      return Arrays.copyOf(hashes, n);
    } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new IllegalArgumentException("types are cut off or damaged", e);
    }
  }

  static TypeFacts decodeTypes(byte[] bytes, int from, int to) {
    Reader in = new Reader(bytes);
    in.at = from;
    try {
      List<String> tags = in.list(in::text);
      List<String> typedefs = in.list(in::text);
      List<String> variables = in.list(in::text);
      in.names();
      TypeFacts types =
          new TypeFacts(
              tags.stream().map(in::struct).toList(),
              typedefs.stream().map(in::declared).toList(),
              variables.stream().map(in::declared).toList());
      if (in.at != to) {
        throw new IllegalArgumentException("types are followed by something else");
      }
      return types;
    } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new IllegalArgumentException("types are cut off or damaged", e);
    }
  }

  /**
   * The facts again.
   *
   * @throws IllegalArgumentException if the bytes are not what {@link #encode} made
   */
  public static FileFacts decode(byte[] bytes) {
    return decode(bytes, true);
  }

  /**
   * The facts for a look at a few of the functions and constants: each is unpacked when it is asked
   * for. For one thread.
   *
   * @throws IllegalArgumentException if the bytes are not what {@link #encode} made, as far as they
   *     are looked at
   */
  public static FileFacts open(byte[] bytes) {
    return decode(bytes, false);
  }

  private static FileFacts decode(byte[] bytes, boolean atOnce) {
    Reader in = new Reader(bytes);
    try {
      int typesSize = in.size();
      int typesAt = in.at;
      in.at += typesSize;
      in.names();
      FileFacts facts =
          new FileFacts(
              atOnce ? in.named(in::function) : in.packed(in::function),
              atOnce ? in.named(in::constant) : in.packed(in::constant),
              in.list(in::stored),
              in.list(in::name),
              new TypeFacts(bytes, typesAt, typesAt + typesSize),
              in.list(in::ignore));
      if (in.at != bytes.length) {
        throw new IllegalArgumentException("facts are followed by something else");
      }
      return facts;
    } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new IllegalArgumentException("facts are cut off or damaged", e);
    }
  }

  /** The types alone; as {@link #decode} otherwise. */
  public static TypeFacts types(byte[] bytes) {
    Reader in = new Reader(bytes);
    try {
      int size = in.size();
      return new TypeFacts(bytes, in.at, in.at + size);
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("facts are cut off or damaged", e);
    }
  }

  /** Writes the body while it collects the names that go before it. */
  private static final class Writer {
    private byte[] bytes = new byte[4096];
    private int size;
    private final Map<String, Integer> names = new HashMap<>();
    private final List<String> order = new ArrayList<>();

    interface Item<T> {
      void write(T item);
    }

    <T> void list(List<T> items, Item<T> item) {
      number(items.size());
      for (T i : items) {
        item.write(i);
      }
    }

    /** Each with its name and its length before it, so that a reader may pass it over. */
    <T> void named(List<T> items, Function<T, String> name, Item<T> item) {
      number(items.size());
      for (T i : items) {
        name(name.apply(i));
        int start = size;
        item.write(i);
        putBefore(start);
      }
    }

    /** Puts the length of all that was written since then before it. */
    private void putBefore(int start) {
      byte[] written = Arrays.copyOfRange(bytes, start, size);
      size = start;
      number(written.length);
      bytes(written);
    }

    /** All but the name. */
    void function(FunctionFacts f) {
      number(f.linkage().ordinal() | (f.init() ? 8 : 0));
      name(f.returnType());
      list(f.parameters(), this::variable);
      list(f.locals(), this::variable);
      span(f.span());
      list(f.blocks(), this::block);
    }

    void variable(Variable v) {
      name(v.name());
      name(v.type());
      list(v.dimensions(), this::expr);
    }

    /** All but the tag. */
    void struct(StructType s) {
      number(s.kind().ordinal() | s.attributes() << 2);
      list(
          s.members(),
          m -> {
            name(m.name());
            declared(m);
          });
    }

    /** All but the name. */
    void declared(Member m) {
      boolean plain =
          m.dimensions().isEmpty()
              && m.bits() == Member.NO_BITS
              && m.attributes() == 0
              && m.nested() == null;
      name(m.type(), plain ? 0 : 1);
      if (!plain) {
        list(m.dimensions(), this::expr);
        number(m.bits() + 2);
        number(m.attributes());
        number(m.nested() == null ? 0 : 1);
        if (m.nested() != null) {
          text(m.nested().tag());
          struct(m.nested());
        }
      }
    }

    void block(Block b) {
      list(b.events(), this::expr);
      Exit exit = b.exit();
      number(
          exit.kind().ordinal()
              | (exit.condition() != null ? 8 : 0)
              | (exit.span() != null ? 16 : 0));
      if (exit.condition() != null) {
        expr(exit.condition());
      }
      if (exit.span() != null) {
        span(exit.span());
      }
      list(exit.targets(), target -> number(target));
    }

    void expr(Expr e) {
      int shape =
          e.kind().ordinal()
              | (e.name().isEmpty() ? 0 : 16)
              | (e.span() != null ? 32 : 0)
              | (e.operands().isEmpty() ? 0 : 64);
      bytes(shape);
      if (!e.name().isEmpty()) {
        name(e.name());
      }
      if (e.span() != null) {
        span(e.span());
      }
      if (!e.operands().isEmpty()) {
        list(e.operands(), this::expr);
      }
      if (e.is(Expr.Kind.NUMBER)) {
        number((e.number() << 1) ^ (e.number() >> 63));
      }
    }

    void span(Span s) {
      number(s.line());
      number(s.column());
      number(s.endLine() - s.line());
      number(s.endColumn());
    }

    /** All but the name. */
    void constant(MacroConstant c) {
      expr(c.value());
      number(c.line());
    }

    void stored(StoredFunction s) {
      name(s.struct());
      name(s.field());
      name(s.function());
      number(s.line());
    }

    void ignore(IgnoreComment c) {
      text(c.rules());
      text(c.reason());
      span(c.place());
      number(c.firstLine());
      number(c.lastLine() - c.firstLine());
    }

    void name(String name) {
      number(numberOf(name));
    }

    /** A name, and something that is 0 or 1. */
    void name(String name, int flag) {
      number(numberOf(name) << 1 | flag);
    }

    private int numberOf(String name) {
      Integer known = names.get(name);
      if (known == null) {
        known = order.size();
        names.put(name, known);
        order.add(name);
      }
      return known;
    }

    void text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      number(utf8.length);
      bytes(utf8);
    }

    void number(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        bytes((int) (rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      bytes((int) rest);
    }

    private void bytes(int b) {
      if (size == bytes.length) {
        bytes = Arrays.copyOf(bytes, size * 2);
      }
      bytes[size++] = (byte) b;
    }

    private void bytes(byte[] more) {
      if (size + more.length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more.length));
      }
      System.arraycopy(more, 0, bytes, size, more.length);
      size += more.length;
    }

    /**
     * All that was written, the names first.
     *
     * @param before stands before that, with its length; or null
     */
    byte[] withNames(byte[] before) {
      Writer head = new Writer();
      if (before != null) {
        head.number(before.length);
        head.bytes(before);
      }
      head.number(order.size());
      order.forEach(head::text);
      byte[] all = Arrays.copyOf(head.bytes, head.size + size);
      System.arraycopy(bytes, 0, all, head.size, size);
      return all;
    }
  }

  private static final class Reader {
    private final byte[] bytes;
    private int at;
    private int[] namesAt = new int[0];
    private String[] names = new String[0];

    // Kept: each use of this::expr makes an object anew, in a slow way until it is compiled well.
    private final Supplier<Expr> exprs = this::expr;
    private final Supplier<Variable> variables = this::variable;
    private final Supplier<Integer> numbers = () -> (int) number();

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    void names() {
      names = new String[size()];
      namesAt = new int[names.length];
      for (int i = 0; i < names.length; i++) {
        namesAt[i] = at;
        int length = size();
        at += length;
      }
    }

    String text() {
      int length = size();
      at += length;
      return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    /** The hash of the String; names in C are ASCII. */
    int textHash() {
      int end = size() + at;
      int hash = 0;
      for (; at < end; at++) {
        hash = hash * 31 + bytes[at];
      }
      return hash;
    }

    /** A count; each counted thing takes a byte at least, which bounds what damage can ask for. */
    private int size() {
      long n = number();
      if (n < 0 || n > bytes.length - at) {
        throw new IndexOutOfBoundsException();
      }
      return (int) n;
    }

    <T> List<T> list(Supplier<T> item) {
      int n = size();
      if (n == 0) {
        return List.of();
      }
      // Most expressions have one part or two.
      if (n == 1) {
        return List.of(item.get());
      }
      if (n == 2) {
        T first = item.get();
        return List.of(first, item.get());
      }
      List<T> items = new ArrayList<>(n);
      for (int i = 0; i < n; i++) {
        items.add(item.get());
      }
      return List.copyOf(items);
    }

    <T> List<T> named(Function<String, T> item) {
      int n = size();
      List<T> items = new ArrayList<>(n);
      for (int i = 0; i < n; i++) {
        String name = name();
        int end = size() + at;
        items.add(item.apply(name));
        if (at != end) {
          throw new IllegalArgumentException("facts are of another length than they say");
        }
      }
      return List.copyOf(items);
    }

    <T> List<T> packed(Function<String, T> item) {
      String[] itemNames = new String[size()];
      int[] starts = new int[itemNames.length];
      for (int i = 0; i < starts.length; i++) {
        itemNames[i] = name();
        int length = size();
        starts[i] = at;
        at += length;
      }
      return new PackedList<>(
          itemNames,
          place -> {
            at = starts[place];
            return item.apply(itemNames[place]);
          });
    }

    FunctionFacts function(String name) {
      int linkage = (int) number();
      return new FunctionFacts(
          name,
          LINKAGES[linkage & 7],
          (linkage & 8) != 0,
          name(),
          list(variables),
          list(variables),
          span(),
          list(this::block));
    }

    Variable variable() {
      return new Variable(name(), name(), list(exprs));
    }

    StructType struct(String tag) {
      int head = (int) number();
      return new StructType(
          STRUCTS[head & 3],
          tag,
          list(
              () -> {
                String name = name();
                return declared(name);
              }),
          head >>> 2);
    }

    Member declared(String name) {
      int head = (int) number();
      String type = name(head >>> 1);
      if ((head & 1) == 0) {
        return new Member(name, type, List.of(), Member.NO_BITS, 0, null);
      }
      List<Expr> dimensions = list(exprs);
      int bits = (int) number() - 2;
      int attributes = (int) number();
      return new Member(
          name, type, dimensions, bits, attributes, number() == 0 ? null : struct(text()));
    }

    Block block() {
      List<Expr> events = list(exprs);
      int shape = (int) number();
      Expr condition = (shape & 8) != 0 ? expr() : null;
      Span span = (shape & 16) != 0 ? span() : null;
      return new Block(events, new Exit(EXITS[shape & 7], condition, list(numbers), span));
    }

    Expr expr() {
      int shape = bytes[at++];
      Expr.Kind kind = KINDS[shape & 15];
      String name = (shape & 16) != 0 ? name() : "";
      Span span = (shape & 32) != 0 ? span() : null;
      List<Expr> operands = (shape & 64) != 0 ? list(exprs) : List.of();
      long number = 0;
      if (kind == Expr.Kind.NUMBER) {
        long zigzag = number();
        number = (zigzag >>> 1) ^ -(zigzag & 1);
      }
      return new Expr(kind, name, operands, number, span);
    }

    Span span() {
      int line = (int) number();
      int column = (int) number();
      return new Span(line, column, line + (int) number(), (int) number());
    }

    MacroConstant constant(String name) {
      return new MacroConstant(name, expr(), (int) number());
    }

    StoredFunction stored() {
      return new StoredFunction(name(), name(), name(), (int) number());
    }

    IgnoreComment ignore() {
      String rules = text();
      String reason = text();
      Span place = span();
      int line = (int) number();
      return new IgnoreComment(rules, reason, place, line, line + (int) number());
    }

    String name() {
      return name((int) number());
    }

    /** Of the names of a file most are those of functions that nobody asks for. */
    private String name(int place) {
      if (names[place] == null) {
        int back = at;
        at = namesAt[place];
        names[place] = text();
        at = back;
      }
      return names[place];
    }

    long number() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte b = bytes[at++];
        value |= (long) (b & 0x7f) << shift;
        if (b >= 0) {
          return value;
        }
        if (shift > 63) {
          throw new IndexOutOfBoundsException();
        }
      }
    }
  }
}
