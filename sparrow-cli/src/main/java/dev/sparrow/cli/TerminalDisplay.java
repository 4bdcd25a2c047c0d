package dev.sparrow.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress as a bar on a terminal's last line; lines that stay scroll above it. */
final class TerminalDisplay implements ProgressDisplay {

  private static final int REDRAW_MILLIS = 200;

  private final PrintStream err;
  private Optional<ProgressBar> bar = Optional.empty();

  /**
   * A display.
   *
   * @param err the terminal
   */
  TerminalDisplay(PrintStream err) {
    this.err = err;
  }

  @Override
  public synchronized void line(String text) {
    close();
    err.println(text);
  }

  @Override
  public synchronized void progress(String task, long done, long total, String details) {
    if (bar.filter(open -> open.getTaskName().equals(task)).isEmpty()) {
      close();
      bar = Optional.of(open(task, done, total));
    }
    bar.get().maxHint(total).stepTo(done).setExtraMessage(details);
  }

  @Override
  public synchronized void close() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
  }

  private ProgressBar open(String task, long done, long total) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total)
        .startsFrom(done, Duration.ZERO)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REDRAW_MILLIS)
        .setConsumer(new ConsoleProgressBarConsumer(err))
        .hideEta()
        .clearDisplayOnFinish()
        .build();
  }
}
