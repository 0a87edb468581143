package org.gfplint.model;

import java.util.Locale;

/** What a {@link ContextOperation} takes or switches off, in the kernel's own terms. */
public enum LockKind {
  SPINLOCK,
  RAW_SPINLOCK,
  RWLOCK,
  SEQLOCK,
  /** The write side of a sequence counter. */
  SEQCOUNT,
  BIT_SPINLOCK,
  LOCAL_LOCK,
  XA_LOCK,
  /** The spinlock of a page table. */
  PAGE_TABLE,
  RCU,
  RCU_BH,
  RCU_SCHED,
  /** Sleepable RCU. */
  SRCU,
  /** Interrupts off. */
  IRQ,
  /** Bottom halves off. */
  BH,
  /** Preemption off. */
  PREEMPT,
  /** get_cpu, get_cpu_var, get_cpu_ptr. */
  PER_CPU,
  KMAP_ATOMIC,
  PAGEFAULT,
  MUTEX,
  RT_MUTEX,
  WW_MUTEX,
  RWSEM,
  PERCPU_RWSEM,
  SEMAPHORE,
  /** lock_sock. */
  SOCKET,
  /** lock_page, folio_lock. */
  PAGE,
  /** lock_buffer. */
  BUFFER,
  /** sb_start_write and its kin. */
  FREEZE_PROTECTION;

  /** Whether it is a lock that others wait for asleep, and that belongs to an object of its own. */
  public boolean isSleepingLock() {
    return switch (this) {
      case MUTEX, RT_MUTEX, WW_MUTEX, RWSEM, PERCPU_RWSEM, SEMAPHORE -> true;
      default -> false;
    };
  }

  /** As the data and reports spell it: "raw-spinlock". */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
