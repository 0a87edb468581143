package org.gfplint.syntax;

import io.github.treesitter.jtreesitter.Language;
import io.github.treesitter.jtreesitter.internal.TSInput;
import io.github.treesitter.jtreesitter.internal.TSParseOptions;
import io.github.treesitter.jtreesitter.internal.TreeSitter;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.gfplint.source.BeyondLimitException;

/**
 * Parses C files and hands out their top-level items one by one. For one thread; one parser serves
 * many files.
 *
 * <p>jtreesitter loads the library and owns parser and tree. Its nodes are objects of their own,
 * which costs two to three times the parse on a kernel; so the walk goes through a cursor and two
 * memory segments that are used again for every node.
 */
public final class CParser implements AutoCloseable {
  private static final int ENCODING_UTF8 = 0;
  private static final short ERROR_SYMBOL = (short) 0xffff;

  /** Shorter texts are parsed to the end: that cannot take long; bytes. */
  private static final int UNBOUNDED = 64 << 10;

  // A step is a hundred operations of the parser.
  private static final int STEPS_ANYWAY = 20_000;
  private static final double STEPS_PER_BYTE = 0.1;

  /** Called once per top-level item. */
  public interface ItemVisitor {
    /**
     * Sees one item; the tree is used again after the call.
     *
     * @param tree the item's syntax
     * @param hasError whether the parser could not make sense of some part of it
     */
    void item(SyntaxTree tree, boolean hasError);

    /** Told of text between items that the parser could not make sense of. */
    default void error() {}
  }

  /** What is the same for all parsers; loaded at first use. */
  private static final class Native {
    static final SymbolLookup LOOKUP = ParserLibrary.lookup();
    static final MemorySegment LANGUAGE = language();
    static final byte[] KINDS = kinds();

    /** TSNode: where it starts and what alias it has, the node, its tree. */
    static final MemoryLayout NODE =
        MemoryLayout.structLayout(
            MemoryLayout.sequenceLayout(4, ValueLayout.JAVA_INT),
            ValueLayout.ADDRESS,
            ValueLayout.ADDRESS);

    /** TSTreeCursor: the tree, its stack, three numbers. */
    static final MemoryLayout CURSOR =
        MemoryLayout.structLayout(
            ValueLayout.ADDRESS,
            ValueLayout.ADDRESS,
            MemoryLayout.sequenceLayout(3, ValueLayout.JAVA_INT),
            MemoryLayout.paddingLayout(Integer.BYTES));

    static final MethodHandle ROOT_NODE = node("ts_tree_root_node");
    static final MethodHandle CURSOR_NEW =
        handle("ts_tree_cursor_new", FunctionDescriptor.of(CURSOR, NODE));
    static final MethodHandle CURSOR_RESET =
        handle("ts_tree_cursor_reset", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, NODE));
    static final MethodHandle GOTO_FIRST_CHILD = cursorMove("ts_tree_cursor_goto_first_child");
    static final MethodHandle GOTO_NEXT_SIBLING = cursorMove("ts_tree_cursor_goto_next_sibling");
    static final MethodHandle GOTO_PARENT = cursorMove("ts_tree_cursor_goto_parent");
    static final MethodHandle CURRENT_NODE = node("ts_tree_cursor_current_node");
    static final MethodHandle SYMBOL = nodeNumber("ts_node_symbol");
    static final MethodHandle END_BYTE = nodeNumber("ts_node_end_byte");
    static final MethodHandle HAS_ERROR = nodeNumber("ts_node_has_error");

    private static MethodHandle cursorMove(String name) {
      return handle(name, FunctionDescriptor.of(ValueLayout.JAVA_BOOLEAN, ValueLayout.ADDRESS));
    }

    private static MethodHandle node(String name) {
      return handle(name, FunctionDescriptor.of(NODE, ValueLayout.ADDRESS));
    }

    /**
     * One shape of call for all, since Java links each shape anew in every run; of a symbol 16 bits
     * count, of a truth 8, as C leaves the rest of a register to chance.
     */
    private static MethodHandle nodeNumber(String name) {
      return handle(name, FunctionDescriptor.of(ValueLayout.JAVA_INT, NODE));
    }

    /** Such a call is a few dozen instructions: too short for a change of thread state. */
    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
      return Linker.nativeLinker()
          .downcallHandle(LOOKUP.findOrThrow(name), descriptor, Linker.Option.critical(false));
    }

    private static MemorySegment language() {
      MethodHandle function =
          Linker.nativeLinker()
              .downcallHandle(
                  LOOKUP.findOrThrow("tree_sitter_c"), FunctionDescriptor.of(ValueLayout.ADDRESS));
      try {
        return (MemorySegment) function.invokeExact();
      } catch (Throwable e) {
        throw new IllegalStateException("the C grammar cannot be loaded: " + e.getMessage(), e);
      }
    }

    private static byte[] kinds() {
      Language language = new Language(LANGUAGE);
      byte[] kinds = new byte[language.getSymbolCount()];
      for (int symbol = 0; symbol < kinds.length; symbol++) {
        String name = language.getSymbolName((short) symbol);
        int kind = name == null ? NodeKind.OTHER : NodeKind.ofSymbol(name);
        // The directives are named like tokens but count as named.
        boolean token = !language.isNamed((short) symbol) || name != null && name.startsWith("#");
        kinds[symbol] = (byte) (kind == NodeKind.OTHER && token ? NodeKind.TOKEN : kind);
      }
      return kinds;
    }
  }

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment parser = TreeSitter.ts_parser_new();
  private final MemorySegment node = arena.allocate(Native.NODE);
  private final MemorySegment root = arena.allocate(Native.NODE);
  private final MemorySegment cursor = arena.allocate(Native.CURSOR);
  private final SegmentAllocator intoNode = (size, alignment) -> node;
  private final SegmentAllocator intoRoot = (size, alignment) -> root;
  private final SegmentAllocator intoCursor = (size, alignment) -> cursor;
  private final SyntaxTree tree = new SyntaxTree();
  private int[] open = new int[SyntaxTree.MAX_DEPTH + 1];
  private Arena bufferArena = Arena.ofConfined();
  private MemorySegment buffer = bufferArena.allocate(1 << 18);
  private boolean cursorMade;

  public CParser() {
    if (!TreeSitter.ts_parser_set_language(parser, Native.LANGUAGE)) {
      throw new IllegalStateException("the C grammar does not fit the parser's version");
    }
  }

  /** Which core parsers use or would use, told without loading it: as {@link #core}. */
  public static String chosenCore() {
    return ParserLibrary.chosenCore();
  }

  /** Which core is in use: "optimised", "bundled", or the path that was asked for. */
  public static String core() {
    if (Native.KINDS.length == 0) {
      throw new IllegalStateException("the C grammar is empty");
    }
    return ParserLibrary.loadedCore();
  }

  /** Version of the interface between the grammar and the core that is in use. */
  public static int abiVersion() {
    return new Language(Native.LANGUAGE).getAbiVersion();
  }

  /**
   * Parses a file and visits its top-level items in order; conditional blocks are looked into, all
   * branches of them.
   */
  public void parse(byte[] text, int length, ItemVisitor visitor) {
    if (buffer.byteSize() < length) {
      bufferArena.close();
      bufferArena = Arena.ofConfined();
      buffer = bufferArena.allocate(Math.max(length, buffer.byteSize() * 2));
    }
    MemorySegment.copy(text, 0, buffer, ValueLayout.JAVA_BYTE, 0, length);
    MemorySegment parsed =
        length <= UNBOUNDED
            ? TreeSitter.ts_parser_parse_string_encoding(
                parser, MemorySegment.NULL, buffer, length, ENCODING_UTF8)
            : parseWithinBound(length);
    if (parsed.equals(MemorySegment.NULL)) {
      TreeSitter.ts_parser_reset(parser);
      throw new BeyondLimitException("too far from C to be parsed in reasonable time");
    }
    try {
      MemorySegment top = (MemorySegment) Native.ROOT_NODE.invokeExact(intoRoot, parsed);
      if (cursorMade) {
        Native.CURSOR_RESET.invokeExact(cursor, top);
      } else {
        MemorySegment made = (MemorySegment) Native.CURSOR_NEW.invokeExact(intoCursor, top);
        cursorMade = made.equals(cursor);
      }
      visitItems(visitor);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    } finally {
      TreeSitter.ts_tree_delete(parsed);
    }
  }

  /**
   * Parses what is in the buffer, or gives up. Work is counted, not time: the same file is given up
   * on any machine.
   */
  private MemorySegment parseWithinBound(int length) {
    try (Arena callbacks = Arena.ofConfined()) {
      MemorySegment text = buffer;
      // All zero, as new memory is: UTF-8, and nothing to be handed to the callbacks.
      MemorySegment input = TSInput.allocate(callbacks);
      TSInput.read(
          input,
          TSInput.read.allocate(
              (payload, at, point, read) -> {
                int left = Math.max(0, length - at);
                read.reinterpret(Integer.BYTES).set(ValueLayout.JAVA_INT, 0, left);
                return text.asSlice(Math.min(at, length));
              },
              callbacks));
      long[] steps = {STEPS_ANYWAY + (long) (STEPS_PER_BYTE * length)};
      MemorySegment options = TSParseOptions.allocate(callbacks);
      TSParseOptions.progress_callback(
          options, TSParseOptions.progress_callback.allocate(s -> --steps[0] < 0, callbacks));
      return TreeSitter.ts_parser_parse_with_options(parser, MemorySegment.NULL, input, options);
    }
  }

  private void visitItems(ItemVisitor visitor) throws Throwable {
    if (!(boolean) Native.GOTO_FIRST_CHILD.invokeExact(cursor)) {
      return;
    }
    int depth = 1;
    while (depth > 0) {
      int kind = readNode();
      boolean descended = false;
      if (isTransparent(kind)) {
        if (kind == NodeKind.ERROR) {
          visitor.error();
        }
        descended = (boolean) Native.GOTO_FIRST_CHILD.invokeExact(cursor);
        if (descended) {
          depth++;
        }
      } else if (kind != NodeKind.OTHER && kind != NodeKind.TOKEN && kind != NodeKind.COMMENT) {
        boolean hasError = (byte) (int) Native.HAS_ERROR.invokeExact(node) != 0;
        flatten(kind);
        visitor.item(tree, hasError);
      }
      if (!descended) {
        while (depth > 0 && !(boolean) Native.GOTO_NEXT_SIBLING.invokeExact(cursor)) {
          boolean up = (boolean) Native.GOTO_PARENT.invokeExact(cursor);
          depth = up ? depth - 1 : 0;
        }
      }
    }
  }

  private static boolean isTransparent(int kind) {
    switch (kind) {
      case NodeKind.PREPROC_IF,
      NodeKind.PREPROC_IFDEF,
      NodeKind.PREPROC_ELSE,
      NodeKind.PREPROC_ELIF,
      NodeKind.PREPROC_ELIFDEF,
      NodeKind.LINKAGE_SPECIFICATION,
      NodeKind.DECLARATION_LIST,
      NodeKind.ERROR:
        return true;
      default:
        return false;
    }
  }

  /** Copies the subtree at the cursor into {@link #tree}; the cursor ends where it began. */
  private void flatten(int rootKind) throws Throwable {
    tree.clear();
    int depth = 0;
    open[0] = tree.add(rootKind, startByte(), endByte());
    boolean down = (boolean) Native.GOTO_FIRST_CHILD.invokeExact(cursor);
    if (!down) {
      return;
    }
    depth = 1;
    while (depth > 0) {
      int kind = readNode();
      boolean descended = false;
      if (isKept(kind)) {
        // What is cut off is nothing that readers know: they count on the children.
        boolean cut = depth == SyntaxTree.MAX_DEPTH && !isLeaf(kind);
        int added = tree.add(cut ? NodeKind.OTHER : kind, startByte(), endByte());
        if (!cut && !isLeaf(kind)) {
          descended = (boolean) Native.GOTO_FIRST_CHILD.invokeExact(cursor);
          if (descended) {
            open[depth++] = added;
          }
        }
      }
      if (!descended) {
        while (depth > 0 && !(boolean) Native.GOTO_NEXT_SIBLING.invokeExact(cursor)) {
          boolean up = (boolean) Native.GOTO_PARENT.invokeExact(cursor);
          depth--;
          tree.close(open[depth]);
          if (!up) {
            throw new IllegalStateException("the cursor left the tree");
          }
        }
      }
    }
  }

  private static boolean isKept(int kind) {
    switch (kind) {
      case NodeKind.TOKEN,
      NodeKind.COMMENT,
      NodeKind.COMMA,
      NodeKind.OPEN_PAREN,
      NodeKind.CLOSE_PAREN,
      NodeKind.OPEN_BRACE:
        return false;
      default:
        return true;
    }
  }

  /** Named leaves, and literals whose parts do not matter. */
  private static boolean isLeaf(int kind) {
    switch (kind) {
      case NodeKind.IDENTIFIER,
      NodeKind.FIELD_IDENTIFIER,
      NodeKind.TYPE_IDENTIFIER,
      NodeKind.STATEMENT_IDENTIFIER,
      NodeKind.PRIMITIVE_TYPE,
      NodeKind.NUMBER_LITERAL,
      NodeKind.CHAR_LITERAL,
      NodeKind.STRING_LITERAL,
      NodeKind.CONCATENATED_STRING,
      NodeKind.TRUE,
      NodeKind.FALSE,
      NodeKind.NULL,
      NodeKind.PREPROC_ARG,
      NodeKind.SYSTEM_LIB_STRING,
      NodeKind.GNU_ASM_EXPRESSION:
        return true;
      default:
        return false;
    }
  }

  private int readNode() throws Throwable {
    MemorySegment read = (MemorySegment) Native.CURRENT_NODE.invokeExact(intoNode, cursor);
    short symbol = (short) (int) Native.SYMBOL.invokeExact(read);
    return symbol == ERROR_SYMBOL ? NodeKind.ERROR : Native.KINDS[symbol] & 0xff;
  }

  /** A node's first word is its start byte. */
  private int startByte() {
    return node.get(ValueLayout.JAVA_INT, 0);
  }

  private int endByte() throws Throwable {
    return (int) Native.END_BYTE.invokeExact(node);
  }

  @Override
  public void close() {
    if (cursorMade) {
      TreeSitter.ts_tree_cursor_delete(cursor);
    }
    TreeSitter.ts_parser_delete(parser);
    bufferArena.close();
    arena.close();
  }
}
