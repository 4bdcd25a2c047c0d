package dev.sparrow.cli;

import dev.sparrow.train.StopSignal;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jline.utils.Signals;

/** While open, Ctrl-C and SIGTERM ask a run to save itself and stop; a second one ends the process at once. */
final class StopOnSignal implements AutoCloseable {

  private static final List<String> SIGNALS = List.of("INT", "TERM");

  private final StopSignal stop;
  private final Consumer<String> say;
  private final AtomicBoolean first = new AtomicBoolean(true);
  private final List<Object> previous;

  /**
   * Takes the signals over.
   *
   * @param stop the run's
   * @param say tells the user what happens
   */
  StopOnSignal(StopSignal stop, Consumer<String> say) {
    this.stop = stop;
    this.say = say;
    this.previous = SIGNALS.stream().map(signal -> Signals.register(signal, this::received)).toList();
  }

  private void received() {
    if (!first.getAndSet(false)) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED); // without waiting for anything: the last checkpoint is whole
    }
    stop.request();
    say.accept("stopping after this batch and saving; once more to stop at once");
  }

  @Override
  public void close() {
    for (int i = 0; i < SIGNALS.size(); i++) {
      Signals.unregister(SIGNALS.get(i), previous.get(i));
    }
  }
}
