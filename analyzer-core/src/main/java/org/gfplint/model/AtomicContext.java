package org.gfplint.model;

import java.util.Locale;

/** A reason why code must not sleep. Each names the primitive or the entry that caused it. */
public enum AtomicContext {
  /** spin_lock and its _bh, _irq and _irqsave forms, rwlocks, local_lock, seqlock writers. */
  SPINLOCK("a spinlock is held", false),
  /** raw_spin_lock and its forms: spins on PREEMPT_RT too. */
  RAW_SPINLOCK("a raw spinlock is held", true),
  /** bit_spin_lock, hlist_bl_lock. */
  BIT_SPINLOCK("a bit spinlock is held", true),
  /** rcu_read_lock. */
  RCU_READ("an RCU read-side section is open", false),
  /** rcu_read_lock_bh. */
  RCU_READ_BH("an RCU-bh read-side section is open", false),
  /** rcu_read_lock_sched. */
  RCU_READ_SCHED("an RCU-sched read-side section is open", true),
  /** preempt_disable, get_cpu, kmap_atomic. */
  PREEMPT_OFF("preemption is off", true),
  /** local_bh_disable. */
  BH_OFF("bottom halves are off", false),
  /**
   * local_irq_disable, local_irq_save; not spin_lock_irq, which leaves them on under PREEMPT_RT.
   */
  IRQ_OFF("interrupts are off", true),
  /** Timers, tasklets, NAPI poll, RCU callbacks. */
  SOFTIRQ("it runs in softirq context", false),
  /** Interrupt handlers, hrtimers, smp_call_function callbacks. */
  HARDIRQ("it runs in hard interrupt context", true),
  /** NMI handlers: no allocation of any kind. */
  NMI("it runs in NMI context", true);

  private final String reason;
  private final boolean rawOnRealtime;

  AtomicContext(String reason, boolean rawOnRealtime) {
    this.reason = reason;
    this.rawOnRealtime = rawOnRealtime;
  }

  /** As queries and reports spell it: "raw-spinlock". */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Clause for a message: "a spinlock is held". */
  public String reason() {
    return reason;
  }

  /** True if PREEMPT_RT does not make it preemptible, so that not even GFP_ATOMIC is allowed. */
  public boolean isRawOnRealtime() {
    return rawOnRealtime;
  }
}
