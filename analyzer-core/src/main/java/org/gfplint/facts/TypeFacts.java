package org.gfplint.facts;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a file says about types. Few of them are ever asked for, so they stay packed until then.
 * Safe for many threads.
 */
public final class TypeFacts {
  /** Of a file without types. */
  public static final TypeFacts NONE = new TypeFacts(List.of(), List.of(), List.of());

  private record Lists(List<StructType> structs, List<Member> typedefs, List<Member> variables) {}

  private final byte[] bytes;
  private final int from;
  private final int to;
  private volatile Lists lists;

  /** Facts by their parts. */
  public TypeFacts(List<StructType> structs, List<Member> typedefs, List<Member> variables) {
    this(new byte[0], 0, 0);
    lists = new Lists(List.copyOf(structs), List.copyOf(typedefs), List.copyOf(variables));
  }

  /** Facts as {@link FactsCodec} packs them. */
  TypeFacts(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** Definitions with a tag, in order of place; more than one of the same tag are alternatives. */
  public List<StructType> structs() {
    return lists().structs;
  }

  /** Typedefs, in order of place. */
  public List<Member> typedefs() {
    return lists().typedefs;
  }

  /** Variables of the file, those that are only declared included. */
  public List<Member> variables() {
    return lists().variables;
  }

  /** As {@link FactsCodec} packed them, or null if they were not. */
  byte[] packed() {
    return from == to ? null : Arrays.copyOfRange(bytes, from, to);
  }

  private Lists lists() {
    Lists known = lists;
    if (known == null) {
      known = from == to ? NONE.lists : FactsCodec.decodeTypes(bytes, from, to).lists;
      lists = known;
    }
    return known;
  }

  /**
   * A hash for each name that is defined here, see {@link #hash}; reads no more than the names.
   *
   * @throws IllegalArgumentException if the bytes are damaged
   */
  public int[] nameHashes() {
    if (from < to) {
      return FactsCodec.nameHashes(bytes, from, to);
    }
    Lists known = lists();
    return Stream.of(
            known.structs.stream().map(s -> hashOfTag(s.tag())),
            known.typedefs.stream().map(t -> hashOfTypedef(t.name())),
            known.variables.stream().map(v -> hashOfVariable(v.name())))
        .flatMapToInt(hashes -> hashes.mapToInt(Integer::intValue))
        .toArray();
  }

  /** What {@link #nameHashes} has for a struct's, union's or enum's tag. */
  public static int hashOfTag(String tag) {
    return hash(tag.hashCode(), 0);
  }

  /** What {@link #nameHashes} has for a typedef. */
  public static int hashOfTypedef(String name) {
    return hash(name.hashCode(), 1);
  }

  /** What {@link #nameHashes} has for a variable. */
  public static int hashOfVariable(String name) {
    return hash(name.hashCode(), 2);
  }

  static int hash(int ofName, int kind) {
    return ofName * 0x9E3779B1 + kind * 0x85EBCA6B;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TypeFacts t && lists().equals(t.lists());
  }

  @Override
  public int hashCode() {
    return lists().hashCode();
  }

  @Override
  public String toString() {
    return lists().toString();
  }
}
