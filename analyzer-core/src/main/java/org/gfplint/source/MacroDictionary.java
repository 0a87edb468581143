package org.gfplint.source;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Which macro names stand for what. Immutable and safe to share between threads. Keywords of C are
 * in the same table, so that a name costs one look-up.
 */
public final class MacroDictionary {
  /** Larger headers are lists of register addresses; bytes. */
  private static final long LARGEST_HEADER = 256 << 10;

  private static final ThreadLocal<SourceBuffer> BUFFER =
      ThreadLocal.withInitial(SourceBuffer::new);
  private static final MacroDictionary BUILT_IN = new MacroDictionary(builtInTable());

  private final NameTable table;
  private final long fingerprint;

  /** False if a header could not be read. */
  private final boolean complete;

  MacroDictionary(NameTable table) {
    this(table, true);
  }

  MacroDictionary(NameTable table, boolean complete) {
    this.table = table;
    this.fingerprint = fingerprint(table);
    this.complete = complete;
  }

  /** What holds in any kernel; all there is for a lone file. */
  public static MacroDictionary builtIn() {
    return BUILT_IN;
  }

  /**
   * Learns from the headers among the files, on as many threads as there are processors. Files that
   * cannot be read are passed over: reading them again for analysis says why.
   */
  public static MacroDictionary learn(Collection<SourceFile> files) {
    return files.parallelStream()
        .filter(MacroDictionary::isLearnedFrom)
        .collect(
            MacroLearner::new,
            (learner, file) -> {
              SourceBuffer buffer = BUFFER.get();
              try {
                file.read(buffer);
                learner.read(buffer.bytes(), buffer.length());
              } catch (SkippedFileException e) {
                // Reported when the file is analysed.
                learner.passedOver();
              }
            },
            MacroLearner::merge)
        .finish();
  }

  /**
   * What holds in a tree: learned from all headers of its kernel code, whatever part of it is
   * analysed, so that a file's facts do not depend on that. Built in for a plain directory.
   */
  public static MacroDictionary of(KernelTree tree, ArchSelection arch) {
    return of(tree, arch, Optional.empty());
  }

  /**
   * As {@link #of(KernelTree, ArchSelection)}, quicker when nothing changed.
   *
   * @param cache directory for what was learned; the result does not depend on it
   */
  public static MacroDictionary of(KernelTree tree, ArchSelection arch, Optional<Path> cache) {
    if (!tree.isKernel()) {
      return builtIn();
    }
    long now = System.currentTimeMillis() * 1_000_000;
    List<SourceFile> headers =
        tree.discover(arch).files().stream().filter(MacroDictionary::isLearnedFrom).toList();
    if (cache.isEmpty()) {
      return learn(headers);
    }
    DictionaryCache known = new DictionaryCache(cache.get(), tree.root(), arch, headers, now);
    return known
        .load()
        .orElseGet(
            () -> {
              MacroDictionary learned = learn(headers);
              if (learned.complete) {
                known.store(learned.table);
              }
              return learned;
            });
  }

  /**
   * What the last run over the tree learned; nothing is compared, which spares a look at every
   * header. Empty if there was no such run.
   */
  public static Optional<MacroDictionary> asLeft(KernelTree tree, ArchSelection arch, Path cache) {
    return new DictionaryCache(cache, tree.root(), arch, List.of(), 0).loadAsLeft();
  }

  private static boolean isLearnedFrom(SourceFile file) {
    return file.path().endsWith(".h") && file.size() <= LARGEST_HEADER;
  }

  /** What the macro stands for; empty for a macro that looks like a call or a value. */
  public Optional<MacroKind> kind(String name) {
    byte[] text = Bytes.ascii(name);
    int value = table.get(text, 0, text.length, NameTable.hash(text, 0, text.length));
    return value < 0 || value >= Word.FIRST ? Optional.empty() : Optional.of(MacroKind.of(value));
  }

  /** Another one for a dictionary that differs in any name or kind. */
  public long fingerprint() {
    return fingerprint;
  }

  private static long fingerprint(NameTable table) {
    long[] sum = new long[1];
    table.forEach(
        (pool, from, to, value) -> {
          long entry = value;
          for (int i = from; i < to; i++) {
            entry = (entry ^ pool[i]) * 0x100000001b3L;
            entry ^= entry >>> 29;
          }
          entry = (entry ^ entry >>> 32) * 0xD6E8FEB86659FD93L;
          // Added up, since a table has no order.
          sum[0] += entry ^ entry >>> 32;
        });
    return sum[0];
  }

  /** Keyword or kind of a name whose hash is known; {@link Word#NONE} for any other name. */
  int lookup(byte[] t, int from, int to, int hash) {
    return table.get(t, from, to, hash);
  }

  NameTable copyOfTable() {
    return table.copy();
  }

  private static NameTable builtInTable() {
    NameTable table = new NameTable();
    Word.enter(table);
    all(
        table,
        MacroKind.ANNOTATION,
        """
        __init __exit __initdata __exitdata __initconst __init_or_module __initdata_or_module
        __devinit __devexit __devinitdata __cpuinit __meminit __meminitdata __meminitconst
        __net_init __net_exit __net_initdata __ref __refdata __refconst __user __kernel __iomem
        __rcu __percpu __force __bitwise __bitwise__ __private __nocast __safe __chk_user_ptr
        __must_check __maybe_unused __always_unused __used __packed __cold __weak __pure
        __attribute_const__ __malloc __deprecated __naked noinline noinline_for_stack
        __always_inline __flatten __gnu_inline __noclone __noreturn __visible __nonstring __alias
        asmlinkage __latent_entropy __randomize_layout __no_randomize_layout __designated_init
        notrace __notrace_funcgraph __kprobes nokprobe_inline __sched __lockfunc __read_mostly
        __ro_after_init ____cacheline_aligned ____cacheline_aligned_in_smp
        ____cacheline_internodealigned_in_smp __cacheline_aligned __cacheline_aligned_in_smp
        __cacheline_group_begin_aligned __page_aligned_data __page_aligned_bss __no_kcsan
        __no_kasan_or_inline __no_sanitize_or_inline __no_sanitize_address __no_sanitize_memory
        __no_sanitize_thread __no_sanitize_undefined __no_kmsan_checks __no_stack_protector
        __no_profile __no_caller_saved_registers noinstr __cpuidle __irq_entry __softirq_entry
        __nocfi __noscs __signed_wrap __uninitialized __bpf_kfunc __retain __extension__ fastcall
        __efiapi __INITDATA_OR_MODULE __INIT_OR_MODULE __head
        """);
    all(
        table,
        MacroKind.ANNOTATION_CALL,
        """
        __releases __acquires __must_hold __acquire_shared __releases_shared __cond_acquires
        __printf __scanf __section __aligned __alloc_size __realloc_size __assume_aligned
        __cleanup __free __counted_by __counted_by_le __counted_by_be __diagnose_as
        __pass_object_size __pass_dynamic_object_size __compiletime_error __compiletime_warning
        __alias __copy __must_hold_shared __mode
        """);
    all(
        table,
        MacroKind.ITERATOR,
        """
        list_for_each list_for_each_entry hlist_for_each_entry
        """);
    all(table, MacroKind.SCOPE, "scoped_guard scoped_cond_guard scoped_class");
    all(
        table,
        MacroKind.OPAQUE,
        """
        TRACE_EVENT TRACE_EVENT_CONDITION TRACE_EVENT_FN TRACE_EVENT_FN_COND TRACE_EVENT_FLAGS
        TRACE_EVENT_NOP DECLARE_EVENT_CLASS DECLARE_EVENT_CLASS_NOP DEFINE_EVENT DEFINE_EVENT_FN
        DEFINE_EVENT_PRINT DEFINE_EVENT_CONDITION DEFINE_EVENT_NOP DECLARE_TRACE
        DECLARE_TRACE_CONDITION DEFINE_TRACE DEFINE_TRACE_FN DECLARE_EVENT_SYSCALL_CLASS
        DEFINE_EVENT_WRITABLE DECLARE_TRACE_WRITABLE
        """);
    all(
        table,
        MacroKind.GROUPS_FIELDS,
        "struct_group struct_group_attr struct_group_tagged __struct_group");
    all(
        table,
        MacroKind.DEFINES_CALL,
        """
        SYSCALL_DEFINE0 SYSCALL_DEFINE1 SYSCALL_DEFINE2 SYSCALL_DEFINE3 SYSCALL_DEFINE4
        SYSCALL_DEFINE5 SYSCALL_DEFINE6 COMPAT_SYSCALL_DEFINE0 COMPAT_SYSCALL_DEFINE1
        COMPAT_SYSCALL_DEFINE2 COMPAT_SYSCALL_DEFINE3 COMPAT_SYSCALL_DEFINE4
        COMPAT_SYSCALL_DEFINE5 COMPAT_SYSCALL_DEFINE6 BPF_CALL_0 BPF_CALL_1 BPF_CALL_2 BPF_CALL_3
        BPF_CALL_4 BPF_CALL_5 SYSCALL32_DEFINE0 SYSCALL32_DEFINE1 SYSCALL32_DEFINE2
        SYSCALL32_DEFINE3 SYSCALL32_DEFINE4 SYSCALL32_DEFINE5 SYSCALL32_DEFINE6 PPC32_SYSCALL
        """);
    return table;
  }

  private static void all(NameTable table, MacroKind kind, String names) {
    for (String name : names.strip().split("\\s+")) {
      table.put(name, kind.ordinal());
    }
  }
}
