package org.gfplint.flow;

import static org.gfplint.flow.Layout.UNBOUNDED;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.gfplint.facts.Attributes;
import org.gfplint.facts.Expr;
import org.gfplint.facts.Member;
import org.gfplint.facts.StructType;
import org.gfplint.model.AllocatorModel;
import org.gfplint.program.Program;
import org.gfplint.program.TypeTable;
import org.gfplint.program.TypeTable.Defined;

/**
 * What sizeof gives for the program's types, on a 64-bit little-endian machine. Where the layout
 * depends on the configuration, or is not understood, the answer is an interval that holds for all
 * of them. Safe for many threads.
 */
final class TypeSizes {
  /** The largest cache line of the architectures that Linux runs on. */
  private static final long CACHE_LINE = 256;

  private static final Map<String, Layout> SCALARS = scalars();

  /** Structs that look the same in every kernel, for files that stand alone. */
  private static final Map<String, Layout> STRUCTS =
      Map.of(
          "struct list_head", Layout.exactly(16, 8),
          "struct hlist_head", Layout.exactly(8, 8),
          "struct hlist_node", Layout.exactly(16, 8),
          "struct callback_head", Layout.exactly(16, 8),
          "struct rcu_head", Layout.exactly(16, 8),
          "struct kref", Layout.exactly(4, 4),
          "struct rb_node", Layout.exactly(24, 8),
          "struct rb_root", Layout.exactly(8, 8));

  private record Key(int unit, String type) {}

  private final Program program;
  private final AllocatorModel model;
  private final TypeTable types;
  private final Map<Key, Known> known = new ConcurrentHashMap<>();

  /**
   * @param height how many types it is made of at most, one in the other
   */
  private record Known(Layout layout, int height) {}

  /** Types of types beyond that are nobody's: they count as unknown, whatever was asked before. */
  private static final int HIGHEST = 100;

  /** How many types are looked at for one that holds itself. */
  private static final int MOST_IN_CYCLE = 10_000;

  /** What a thread is about to find out: a type that holds itself was not understood. */
  private final ThreadLocal<Progress> progress = ThreadLocal.withInitial(Progress::new);

  private static final class Progress {
    final Set<Key> open = new HashSet<>();
    boolean cyclic;
    int looked;

    /** It is too much: everything that is being found out is unknown. */
    boolean abandoned;

    /** That of the highest type seen in the one at hand. */
    int height;

    void begin() {
      cyclic = false;
      looked = 0;
      abandoned = false;
      height = 0;
    }
  }

  /** Arrays in the sizes of arrays: "#define N ARRAY_SIZE(a)" can be the size of a. */
  private static final int MAX_NESTING = 4;

  private final ThreadLocal<int[]> nesting = ThreadLocal.withInitial(() -> new int[1]);

  TypeSizes(Program program, AllocatorModel model) {
    this.program = program;
    this.model = model;
    this.types = program.types();
  }

  private static Map<String, Layout> scalars() {
    String[] bySize = {
      "void,char,bool,_Bool,signed char,unsigned char,u8,s8,__u8,__s8,uint8_t,int8_t,u_int8_t,"
          + "u_char,unchar",
      "short,unsigned short,u16,s16,__u16,__s16,__le16,__be16,uint16_t,int16_t,u_int16_t,u_short,"
          + "ushort,umode_t,__sum16",
      "int,unsigned int,unsigned,float,u32,s32,__u32,__s32,__le32,__be32,uint32_t,int32_t,"
          + "u_int32_t,u_int,uint,gfp_t,pid_t,dev_t,__wsum,atomic_t,refcount_t,fmode_t,__poll_t,"
          + "blk_opf_t,slab_flags_t,vm_fault_t",
      "long,unsigned long,long long,unsigned long long,double,u64,s64,__u64,__s64,__le64,__be64,"
          + "uint64_t,int64_t,u_int64_t,u_long,ulong,size_t,ssize_t,ptrdiff_t,uintptr_t,intptr_t,"
          + "dma_addr_t,phys_addr_t,resource_size_t,loff_t,sector_t,ktime_t,time64_t,atomic64_t,"
          + "atomic_long_t,__aligned_u64,__aligned_be64,__aligned_le64,pgoff_t,netdev_features_t",
      "__int128,unsigned __int128,long double"
    };
    Map<String, Layout> sizes = new HashMap<>();
    for (int i = 0; i < bySize.length; i++) {
      for (String name : bySize[i].split(",")) {
        sizes.put(name, Layout.exactly(1L << i, 1L << i));
      }
    }
    return Map.copyOf(sizes);
  }

  static boolean isScalar(String type) {
    return SCALARS.containsKey(type);
  }

  /** What a number of an unsigned type can be; empty for other types. */
  static Optional<Value> unsignedRange(String type) {
    boolean unsigned =
        type.startsWith("unsigned ")
            || type.startsWith("u")
            || type.startsWith("__u")
            || type.equals("size_t")
            || type.equals("bool");
    Layout layout = SCALARS.get(type);
    if (!unsigned || layout == null) {
      return Optional.empty();
    }
    if (type.equals("bool")) {
      return Optional.of(Sizes.upTo(1));
    }
    // Who passes a number of 32 bits hardly means that it can be as large as that.
    return Optional.of(Sizes.upTo(layout.max() <= 2 ? (1L << 8 * layout.max()) - 1 : UNBOUNDED));
  }

  // ---- types

  /** Size of a type in bytes. */
  Value sizeOf(int unit, String type, List<Expr> dimensions) {
    return layout(unit, type, dimensions).size();
  }

  /** The value of an array's size, as the file has it. */
  Value value(int unit, Expr dimension) {
    int[] depth = nesting.get();
    if (depth[0] == MAX_NESTING) {
      return Value.UNKNOWN;
    }
    depth[0]++;
    try {
      return new Constants(program, model, this, unit).evaluate(dimension);
    } finally {
      depth[0]--;
    }
  }

  private Layout layout(int unit, String type, List<Expr> dimensions) {
    Layout layout = element(unit, type);
    for (Expr dimension : dimensions) {
      Value n = value(unit, dimension);
      boolean isNumber = n instanceof Value.Range r && r.min() >= 0;
      layout =
          isNumber
              ? layout.times(((Value.Range) n).min(), ((Value.Range) n).max())
              : layout.times(0, UNBOUNDED);
    }
    return layout;
  }

  private Layout element(int unit, String type) {
    if (type.endsWith("*")) {
      return Layout.POINTER;
    }
    if (type.endsWith("()")) {
      return Layout.exactly(1, 1);
    }
    Layout scalar = SCALARS.get(type);
    if (scalar != null) {
      return scalar;
    }
    if (type.isEmpty() || type.equals("struct") || type.equals("union")) {
      return Layout.UNKNOWN;
    }
    if (type.equals("enum")) {
      return Layout.exactly(4, 4);
    }
    Key key = new Key(unit, type);
    Progress now = progress.get();
    Known before = known.get(key);
    if (before != null) {
      now.height = Math.max(now.height, before.height);
      return before.layout;
    }
    now.abandoned |= now.open.size() >= HIGHEST || now.cyclic && ++now.looked > MOST_IN_CYCLE;
    if (now.abandoned) {
      return Layout.UNKNOWN;
    }
    if (!now.open.add(key)) {
      now.cyclic = true;
      return Layout.UNKNOWN;
    }
    int beside = now.height;
    now.height = 0;
    Layout answer;
    try {
      answer = isTagged(type) ? tagged(unit, type) : typedef(unit, type);
    } finally {
      now.open.remove(key);
    }
    int height = now.abandoned ? HIGHEST + 1 : now.height + 1;
    answer = height > HIGHEST ? Layout.UNKNOWN : answer;
    // Of types that hold themselves only the one that was asked for is sure to be the same whatever
    // was asked before.
    boolean asked = now.open.isEmpty();
    if (asked || !now.cyclic && !now.abandoned) {
      known.put(key, new Known(answer, height));
    }
    now.height = Math.max(beside, height);
    if (asked) {
      now.begin();
    }
    return answer;
  }

  static boolean isTagged(String type) {
    return type.startsWith("struct ") || type.startsWith("union ") || type.startsWith("enum ");
  }

  private Layout tagged(int unit, String type) {
    Layout all = null;
    for (Defined<StructType> d : types.definitions(unit, type)) {
      Layout one = body(d.unit(), d.what());
      all = all == null ? one : all.or(one);
    }
    if (all != null) {
      return all;
    }
    return type.startsWith("enum ")
        ? Layout.exactly(4, 4)
        : STRUCTS.getOrDefault(type, Layout.UNKNOWN);
  }

  private Layout typedef(int unit, String name) {
    Layout all = null;
    for (Defined<Member> d : types.typedefs(unit, name)) {
      Layout one = attributed(d.what().attributes(), member(d.unit(), d.what()));
      long alignment = Attributes.alignment(d.what().attributes());
      if (alignment > 0) {
        // Of a typedef, and only there, the attribute can lower the alignment too.
        one = new Layout(one.min(), one.max(), alignment, alignment);
      }
      all = all == null ? one : all.or(one);
    }
    return all == null ? Layout.UNKNOWN : all;
  }

  /** A member by its type, its own attributes left out. */
  private Layout member(int unit, Member m) {
    if (m.nested() == null) {
      return layout(unit, m.type(), m.dimensions());
    }
    boolean itself = m.type().equals(m.nested().kind().keyword());
    Layout one =
        itself ? body(unit, m.nested()) : m.type().endsWith("*") ? Layout.POINTER : Layout.UNKNOWN;
    Layout all = one;
    for (Expr dimension : m.dimensions()) {
      Layout many = layout(unit, "char", List.of(dimension));
      all = all.times(many.min(), many.max());
    }
    return all;
  }

  /** With the alignment that attributes add. */
  private static Layout attributed(int attributes, Layout layout) {
    Layout result = layout;
    if (Attributes.has(attributes, Attributes.UNCERTAIN)) {
      return Layout.UNKNOWN;
    }
    long alignment = Attributes.alignment(attributes);
    if (alignment > 0) {
      result = result.alignedTo(alignment, alignment);
    }
    if (Attributes.has(attributes, Attributes.CACHE_ALIGNED)) {
      result = result.alignedTo(1, CACHE_LINE);
    }
    return Attributes.has(attributes, Attributes.ALIGNED) ? result.alignedTo(1, UNBOUNDED) : result;
  }

  // ---- bodies

  private Layout body(int unit, StructType type) {
    if (type.kind() == StructType.Kind.ENUM) {
      return Attributes.has(type.attributes(), Attributes.PACKED)
          ? new Layout(1, 8, 1, 8)
          : type.attributes() == 0 ? Layout.exactly(4, 4) : new Layout(4, 8, 4, 8);
    }
    boolean packed = Attributes.has(type.attributes(), Attributes.PACKED);
    boolean uncertain = Attributes.has(type.attributes(), Attributes.UNCERTAIN);
    boolean reordered = Attributes.has(type.attributes(), Attributes.REORDERED);
    // Least: without what the configuration can leave out. Most: with all of it, one after the
    // other. Neither adding a member nor making one larger makes a struct smaller.
    Room least = new Room(type.kind(), packed || uncertain, false);
    Room most = new Room(type.kind(), packed, true);
    Room unpadded = new Room(type.kind(), true, false);
    Room shuffled = new Room(type.kind(), true, true);
    long slack = 0;
    for (Member m : type.members()) {
      boolean memberPacked = Attributes.has(m.attributes(), Attributes.PACKED);
      int attributes = m.attributes() & ~(Attributes.CONDITIONAL | Attributes.PACKED);
      Layout layout = attributed(attributes, member(unit, m));
      long explicit = Attributes.alignment(m.attributes());
      if (!m.isConditional()) {
        least.put(m, layout.min(), memberPacked ? 1 : layout.minAlignment(), explicit);
        unpadded.put(m, layout.min(), 1, 0);
      }
      most.put(m, layout.max(), memberPacked ? 1 : layout.maxAlignment(), explicit);
      shuffled.put(m, layout.max(), 1, 0);
      slack = Layout.add(slack, layout.maxAlignment() - 1);
    }
    Layout whole =
        attributed(
            type.attributes() & ~Attributes.UNCERTAIN,
            new Layout(0, 0, least.alignment, most.alignment));
    long min = least.size(whole.minAlignment());
    long max = most.size(whole.maxAlignment());
    if (reordered && !packed) {
      boolean sameSize = least.uniform && most.uniform && least.alignment == most.alignment;
      min = sameSize ? min : unpadded.size(least.alignment);
      max =
          sameSize ? max : Layout.align(Layout.add(shuffled.size(1), slack), whole.maxAlignment());
    }
    return new Layout(min, uncertain ? UNBOUNDED : max, whole.minAlignment(), whole.maxAlignment());
  }

  /** Members laid out one after the other, or on top of each other in a union. */
  private static final class Room {
    final boolean union;
    final boolean packed;

    /** Whether what is not known counts with all it can take. */
    final boolean most;

    long bits;
    long largest;
    long alignment = 1;
    long first = -1;

    /**
     * Whether all members are of one size, and aligned to it, so that their order is of no note.
     */
    boolean uniform = true;

    Room(StructType.Kind kind, boolean packed, boolean most) {
      this.union = kind == StructType.Kind.UNION;
      this.packed = packed;
      this.most = most;
    }

    /**
     * Adds a member.
     *
     * @param explicit the alignment that an attribute asks for, which holds in a packed struct too
     */
    void put(Member m, long size, long ownAlignment, long explicit) {
      uniform &= (first < 0 || first == size) && size == ownAlignment;
      first = size;
      long aligned = packed ? Math.max(explicit, 1) : ownAlignment;
      if (union) {
        bits = 0;
      }
      if (m.bits() == Member.NO_BITS) {
        alignment = Math.max(alignment, aligned);
        place(Layout.multiply(size, 8), aligned);
      } else {
        putBits(m, size, aligned);
      }
      largest = Math.max(largest, bits);
    }

    private void place(long width, long aligned) {
      bits = Layout.add(Layout.align(bits, Layout.multiply(aligned, 8)), width);
    }

    private void putBits(Member m, long size, long aligned) {
      long unit = Layout.multiply(size, 8);
      if (!m.name().isEmpty()) {
        alignment = Math.max(alignment, aligned);
      }
      if (m.bits() == 0) {
        bits = Layout.align(bits, unit == 0 ? 1 : unit);
      } else if (m.bits() == Member.UNKNOWN_BITS || size == 0 || unit == UNBOUNDED) {
        // At least nothing, at most a unit of its own.
        if (most) {
          place(unit, size);
        }
      } else {
        boolean crosses = bits / unit != (Layout.add(bits, m.bits()) - 1) / unit;
        if (!packed && crosses) {
          bits = Layout.align(bits, unit);
        }
        bits = Layout.add(bits, m.bits());
      }
    }

    long size(long wholeAlignment) {
      long bytes = largest == UNBOUNDED ? UNBOUNDED : (largest + 7) / 8;
      return Layout.align(bytes, wholeAlignment);
    }
  }
}
