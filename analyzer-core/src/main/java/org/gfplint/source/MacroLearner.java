package org.gfplint.source;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what the {@code #define}s of a tree's headers make of their names. A name that headers
 * define in ways that do not fit together is left to be read as a call or a value. The result does
 * not depend on the order of the headers. Not thread safe; several may be filled and merged.
 */
public final class MacroLearner {
  private static final int ANNOTATION = 1;
  private static final int EMPTY = 1 << 1;
  private static final int STORAGE = 1 << 2;
  private static final int ITERATOR = 1 << 3;
  private static final int CONDITION = 1 << 4;
  private static final int OPENS = 1 << 5;
  private static final int CLOSES = 1 << 6;
  private static final int OTHER = 1 << 7;
  private static final int POINTER = 1 << 8;

  private static final byte[] DEFINE = Bytes.ascii("define");

  /** Names without and with arguments, each with what its definitions were. */
  private final NameTable objects = new NameTable();

  private final NameTable functions = new NameTable();

  /** Definitions that another name decides: name, decider. */
  private final List<Pending> pending = new ArrayList<>();

  private final MacroDefinition definition = new MacroDefinition();

  private boolean complete = true;

  private record Pending(byte[] name, byte[] decider, boolean functionLike, boolean annotation) {}

  /** Takes in the definitions of one header. */
  public void read(byte[] text, int length) {
    MacroDefinition.Names names = MacroDictionary.builtIn()::lookup;
    int p = 0;
    while (p < length) {
      if (text[p] != '#') {
        p++;
        continue;
      }
      int back = p - 1;
      while (back >= 0 && (text[back] == ' ' || text[back] == '\t')) {
        back--;
      }
      p++;
      if (back >= 0 && text[back] != '\n') {
        continue;
      }
      int word = p;
      while (word < length && (text[word] == ' ' || text[word] == '\t')) {
        word++;
      }
      int wordEnd = word + DEFINE.length;
      if (wordEnd >= length || !Bytes.startsWith(text, word, wordEnd, DEFINE)) {
        continue;
      }
      p = Bytes.directiveEnd(text, wordEnd, length);
      add(text, definition.read(text, wordEnd, p, names));
    }
  }

  private void add(byte[] t, MacroKind kind) {
    int from = definition.name();
    int to = definition.nameEnd();
    if (to == 0) {
      return;
    }
    NameTable table = definition.isFunctionLike() ? functions : objects;
    if (kind == null && definition.decider() >= 0) {
      pending.add(
          new Pending(
              java.util.Arrays.copyOfRange(t, from, to),
              java.util.Arrays.copyOfRange(t, definition.decider(), definition.deciderEnd()),
              definition.isFunctionLike(),
              definition.decidesAnnotation()));
      return;
    }
    vote(table, t, from, to, definition.isEmpty() ? EMPTY : bit(kind));
  }

  private static void vote(NameTable table, byte[] t, int from, int to, int bit) {
    int before = Math.max(0, table.get(t, from, to, NameTable.hash(t, from, to)));
    if ((before & bit) == 0) {
      table.put(t, from, to, before | bit);
    }
  }

  private static int bit(MacroKind kind) {
    if (kind == null) {
      return OTHER;
    }
    return switch (kind) {
      case ANNOTATION, ANNOTATION_CALL -> ANNOTATION;
      case STORAGE -> STORAGE;
      case POINTER -> POINTER;
      case ITERATOR -> ITERATOR;
      case CONDITION -> CONDITION;
      case OPENS_BRACE -> OPENS;
      case CLOSES_BRACE -> CLOSES;
      default -> OTHER;
    };
  }

  /** Notes that a header could not be read. */
  void passedOver() {
    complete = false;
  }

  /** Takes over what another has collected. */
  public void merge(MacroLearner other) {
    complete &= other.complete;
    other.objects.forEach((pool, from, to, value) -> vote(objects, pool, from, to, value));
    other.functions.forEach((pool, from, to, value) -> vote(functions, pool, from, to, value));
    pending.addAll(other.pending);
  }

  /** The built-in dictionary with what was learned; built-in entries are never overruled. */
  public MacroDictionary finish() {
    NameTable result = MacroDictionary.builtIn().copyOfTable();
    List<Pending> open = pending;
    // A chain of names that decide one another is short; each round resolves one link.
    for (int round = 0; round < 6 && !open.isEmpty(); round++) {
      List<Pending> left = new ArrayList<>();
      boolean changed = false;
      for (Pending p : open) {
        int target = result.get(p.decider, 0, p.decider.length, hash(p.decider));
        int bit = target < 0 ? decided(p) : fromKind(p, target);
        if (bit == 0) {
          left.add(p);
        } else {
          vote(p.functionLike ? functions : objects, p.name, 0, p.name.length, bit);
          changed = true;
        }
      }
      open = left;
      if (!changed) {
        break;
      }
    }
    for (Pending p : open) {
      vote(p.functionLike ? functions : objects, p.name, 0, p.name.length, OTHER);
    }
    NameTable builtIn = MacroDictionary.builtIn().copyOfTable();
    functions.forEach(
        (pool, from, to, votes) -> {
          MacroKind kind = functionKind(votes);
          if (kind != null && isNew(builtIn, pool, from, to)) {
            result.put(pool, from, to, kind.ordinal());
          }
        });
    objects.forEach(
        (pool, from, to, votes) -> {
          MacroKind kind = objectKind(votes);
          int hash = NameTable.hash(pool, from, to);
          // With arguments in one header and without in another: not understood.
          if (kind != null
              && isNew(builtIn, pool, from, to)
              && functions.get(pool, from, to, hash) < 0) {
            result.put(pool, from, to, kind.ordinal());
          }
        });
    return new MacroDictionary(result, complete);
  }

  private static boolean isNew(NameTable builtIn, byte[] t, int from, int to) {
    return builtIn.get(t, from, to, NameTable.hash(t, from, to)) < 0;
  }

  private static int hash(byte[] name) {
    return NameTable.hash(name, 0, name.length);
  }

  /** What the definitions of the deciding name, as far as they are known, make of this one. */
  private int decided(Pending p) {
    int hash = hash(p.decider);
    int votes =
        Math.max(0, objects.get(p.decider, 0, p.decider.length, hash))
            | Math.max(0, functions.get(p.decider, 0, p.decider.length, hash));
    if (p.annotation) {
      if ((votes & OTHER) == 0 && (votes & (ANNOTATION | STORAGE | ITERATOR)) != 0) {
        return votes & (ANNOTATION | STORAGE | ITERATOR);
      }
      return votes == EMPTY ? EMPTY : 0;
    }
    return (votes & OTHER) == 0 ? votes & ITERATOR : 0;
  }

  private static int fromKind(Pending p, int target) {
    if (target >= Word.FIRST) {
      return OTHER;
    }
    return bit(MacroKind.of(target));
  }

  private static MacroKind objectKind(int votes) {
    if ((votes & OTHER) != 0) {
      return null;
    }
    if ((votes & STORAGE) != 0) {
      return MacroKind.STORAGE;
    }
    if ((votes & ~(ANNOTATION | EMPTY)) == 0) {
      return (votes & ANNOTATION) != 0 ? MacroKind.ANNOTATION : MacroKind.MAYBE_ANNOTATION;
    }
    return structural(votes);
  }

  private static MacroKind functionKind(int votes) {
    if ((votes & ITERATOR) != 0 && (votes & ~(ITERATOR | EMPTY)) == 0) {
      return MacroKind.ITERATOR;
    }
    if ((votes & OTHER) != 0) {
      return null;
    }
    if ((votes & ANNOTATION) != 0 && (votes & ~(ANNOTATION | EMPTY)) == 0) {
      return MacroKind.ANNOTATION_CALL;
    }
    return structural(votes);
  }

  private static MacroKind structural(int votes) {
    return switch (votes) {
      case ITERATOR -> MacroKind.ITERATOR;
      case CONDITION -> MacroKind.CONDITION;
      case POINTER -> MacroKind.POINTER;
      case OPENS -> MacroKind.OPENS_BRACE;
      case CLOSES -> MacroKind.CLOSES_BRACE;
      default -> null;
    };
  }
}
