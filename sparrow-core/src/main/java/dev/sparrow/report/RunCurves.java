package dev.sparrow.report;

import dev.sparrow.config.Objective;
import dev.sparrow.report.LinePlot.Event;
import dev.sparrow.report.LinePlot.Series;
import dev.sparrow.report.Plot.Rule;
import dev.sparrow.sparse.DensityEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The learning curves of a run on its page: accuracies, losses, and either density and drop fraction or the learning rate. */
final class RunCurves {

  private static final int VALIDATION = 0;
  private static final int TRAIN = 1;
  private static final int TEST = 2;
  private static final int OTHER = 3;

  private static final int SOLID = 0;
  private static final int DASHED = 1;
  private static final int DOTTED = 2;

  /** Smaller changes of the explored fraction come from rounding. */
  private static final double MOVED = 1e-9;

  private final StoredRun run;
  private final List<Event> events;
  private final List<Integer> updates;

  private RunCurves(StoredRun run) {
    this.run = run;
    this.events = run.epochs().stream().filter(epoch -> epoch.event() != DensityEvent.NONE).map(RunCurves::event).toList();
    this.updates = updates(run.epochs());
  }

  /** The charts of a run. */
  static List<Plot> of(StoredRun run) {
    RunCurves curves = new RunCurves(run);
    List<Plot> plots = new ArrayList<>(List.of(curves.robustAccuracy(), curves.cleanAccuracy(), curves.loss(), curves.learningRate()));
    if (!run.config().method().isDense()) {
      plots.addAll(List.of(curves.density(), curves.dropFraction()));
    }
    return plots;
  }

  private Plot robustAccuracy() {
    List<Series> series = new ArrayList<>();
    if (run.config().objective() != Objective.STANDARD) {
      series.add(line("train, attacked", TRAIN, DASHED, percent(EpochRecord::trainAccuracy)));
    }
    series.add(line("validation", VALIDATION, SOLID, percent(epoch -> epoch.validation().robust())));
    series.add(test(percent(epoch -> epoch.test().orElseThrow().robust())));
    return plot("Robust accuracy", "robust accuracy in %", true, series);
  }

  private Plot cleanAccuracy() {
    List<Series> series = new ArrayList<>();
    if (run.config().objective() == Objective.STANDARD) {
      series.add(line("train", TRAIN, DASHED, percent(EpochRecord::trainAccuracy)));
    }
    series.add(line("validation", VALIDATION, SOLID, percent(epoch -> epoch.validation().clean())));
    series.add(test(percent(epoch -> epoch.test().orElseThrow().clean())));
    return plot("Clean accuracy", "clean accuracy in %", true, series);
  }

  private Plot loss() {
    Series train = line("train", TRAIN, DASHED, EpochRecord::trainLoss);
    Series validation = line("validation, attacked", VALIDATION, SOLID, epoch -> epoch.validation().robustLoss());
    return plot("Loss", "mean cross-entropy in nats", false, List.of(train, validation));
  }

  private Plot learningRate() {
    return plot("Learning rate", "learning rate", true, List.of(line("learning rate", OTHER, SOLID, EpochRecord::lr)));
  }

  private Plot density() {
    Series density = line("density", VALIDATION, SOLID, percent(EpochRecord::density));
    Series explored = line("explored", TRAIN, DOTTED, percent(EpochRecord::explored));
    return plot("Density and explored weights", "% of the prunable weights", true, List.of(density, explored));
  }

  private Plot dropFraction() {
    return plot("Drop fraction", "% of the active weights", true, List.of(line("drop fraction", OTHER, DASHED, percent(EpochRecord::dropFraction))));
  }

  private Plot plot(String title, String unit, boolean fromZero, List<Series> series) {
    return new LinePlot(title, unit, fromZero, series, List.of(new Rule(run.best().epoch(), "best epoch")), events, updates);
  }

  private Series line(String name, int color, int dash, ToDoubleFunction<EpochRecord> value) {
    return line(name, color, dash, epoch -> true, value);
  }

  private Series test(ToDoubleFunction<EpochRecord> value) {
    return line("test", TEST, DOTTED, epoch -> epoch.test().isPresent(), value);
  }

  private Series line(String name, int color, int dash, Predicate<EpochRecord> measured, ToDoubleFunction<EpochRecord> value) {
    SortedMap<Integer, Double> values = new TreeMap<>();
    run.epochs().stream().filter(measured).forEach(epoch -> values.put(epoch.epoch(), value.applyAsDouble(epoch)));
    return Series.of(name, color, dash, values);
  }

  private static Event event(EpochRecord epoch) {
    return switch (epoch.event()) {
      case PRUNE -> new Event(epoch.epoch(), "density lowered", "down");
      case GROW -> new Event(epoch.epoch(), "density raised", "up");
      default -> new Event(epoch.epoch(), "lowered and raised", "diamond");
    };
  }

  /** Epochs that left other masks than the epoch before: weights that were never active before were grown, or the density changed. */
  private static List<Integer> updates(List<EpochRecord> epochs) {
    List<Integer> updates = new ArrayList<>();
    for (int i = 1; i < epochs.size(); i++) {
      EpochRecord before = epochs.get(i - 1);
      EpochRecord now = epochs.get(i);
      if (now.explored() - before.explored() > MOVED || Math.abs(now.density() - before.density()) > MOVED) {
        updates.add(now.epoch());
      }
    }
    return updates;
  }

  private static ToDoubleFunction<EpochRecord> percent(ToDoubleFunction<EpochRecord> fraction) {
    return epoch -> 100 * fraction.applyAsDouble(epoch);
  }
}
