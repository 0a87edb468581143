package org.gfplint.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.gfplint.rules.Check;

/** Shows on a terminal how far a run is; leaves no trace once it is closed. */
final class ProgressDisplay implements Check.Progress, AutoCloseable {
  /** Fits every terminal; a longer line would break and could not be redrawn. */
  private static final int COLUMNS = 78;

  private static final Check.Progress NONE =
      new Check.Progress() {
        @Override
        public void phase(String name, long total) {}

        @Override
        public void step() {}
      };

  private final PrintStream terminal;
  private volatile ProgressBar bar;

  ProgressDisplay(PrintStream terminal) {
    this.terminal = terminal;
  }

  /** Shows nothing. */
  static Check.Progress none() {
    return NONE;
  }

  @Override
  public synchronized void phase(String name, long total) {
    close();
    bar =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .setConsumer(new ConsoleProgressBarConsumer(terminal, COLUMNS))
            .clearDisplayOnFinish()
            .build();
  }

  @Override
  public void step() {
    ProgressBar current = bar;
    if (current != null) {
      current.step();
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
