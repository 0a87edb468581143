package org.gfplint.cli;

import java.io.PrintStream;
import java.util.function.BooleanSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.gfplint.rules.Check;

/** Shows on a terminal how far a run is; leaves no trace once it is closed. */
final class ProgressDisplay implements Check.Progress, AutoCloseable {
  /** Fits every terminal; a longer line would break and could not be redrawn. */
  private static final int COLUMNS = 78;

  private final PrintStream terminal;
  private BooleanSupplier stopped = () -> false;
  private volatile ProgressBar bar;

  /**
   * A display.
   *
   * @param terminal null shows nothing
   */
  private ProgressDisplay(PrintStream terminal) {
    this.terminal = terminal;
  }

  /** A display on standard error; it shows nothing unless a person is there who wants to see it. */
  static ProgressDisplay of(Console console, boolean quiet) {
    boolean shown = !quiet && console.errIsTerminal() && !console.isSet("CI");
    return new ProgressDisplay(shown ? console.err() : null);
  }

  /**
   * Lets somebody end the run that is shown.
   *
   * @param stop asked now and then, from any thread
   */
  ProgressDisplay until(BooleanSupplier stop) {
    stopped = stop;
    return this;
  }

  @Override
  public boolean isStopped() {
    return stopped.getAsBoolean();
  }

  /** Shows nothing. */
  static ProgressDisplay none() {
    return new ProgressDisplay(null);
  }

  @Override
  public synchronized void phase(String name, long total) {
    close();
    if (terminal == null) {
      return;
    }
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
