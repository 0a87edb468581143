package org.gfplint.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a run that is told to stop (SIGINT, SIGTERM) come to an end by itself: it reads no more
 * files, judges what it has, and writes it marked as incomplete. A run that takes long over that is
 * ended without a report.
 */
final class Interruption implements AutoCloseable {
  /** What a person waits who wants to stop something; seconds. */
  private static final int PATIENCE = 20;

  private final Console console;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::shutDown, "interruption");
  private volatile boolean requested;

  private Interruption(Console console) {
    this.console = console;
  }

  /** Watches until it is closed. */
  static Interruption watch(Console console) {
    Interruption interruption = new Interruption(console);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Whether the process was told to stop. */
  boolean isRequested() {
    return requested;
  }

  /** Java is about to end: that waits for this. */
  private void shutDown() {
    requested = true;
    console.say("interrupted; finishing with what was read so far");
    try {
      if (!ended.await(PATIENCE, TimeUnit.SECONDS)) {
        console.say("stopped without a report: that took longer than " + PATIENCE + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitCode.INCOMPLETE);
  }

  /** The run has written what it had to write. */
  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // Java ends already, and the hook with it.
    }
  }
}
