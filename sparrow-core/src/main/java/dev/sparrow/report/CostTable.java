package dev.sparrow.report;

import dev.sparrow.config.EngineKind;
import dev.sparrow.report.Html.Row;
import java.util.ArrayList;
import java.util.List;

/** What a run cost: floating-point operations, counted three ways, and seconds. */
final class CostTable {

  private CostTable() {}

  /** Two tables: operations next to those of the dense network, and time. */
  static String of(StoredRun run, ResultRecord result) {
    DenseCost dense = DenseCost.of(run.config(), result);
    List<Row> operations =
        List.of(
            row("Training, as if dense", dense.training(), dense.training()),
            row("Training, counted as in the paper", result.trainingFlops().paper(), dense.training()),
            row("Training, counted honestly", result.trainingFlops().honest(), dense.honestTraining()),
            row("Inference on one image, dense", dense.inference(), dense.inference()),
            row("Inference on one image, active weights", result.inferenceFlops().sparse(), dense.inference()));
    double seconds = run.epochs().stream().mapToDouble(EpochRecord::seconds).sum();
    double images = run.epochs().stream().mapToDouble(epoch -> epoch.imagesPerSecond() * epoch.seconds()).sum();
    List<Row> time = new ArrayList<>();
    time.add(new Row(List.of("Mean time of an epoch in seconds", Html.number("%.1f", result.secondsPerEpoch()))));
    time.add(new Row(List.of("Time of all training steps in seconds", Html.number("%.1f", seconds))));
    time.add(new Row(List.of("Training images per second", Html.number("%.1f", images / seconds))));
    result.engine().map(EngineKind::label).ifPresent(engine -> time.add(new Row(List.of("Engine", engine))));
    return Html.table("cost", List.of("", "floating-point operations", "of dense, counted alike"), operations)
        + Html.table("values", List.of("time", ""), time);
  }

  private static Row row(String what, double flops, double dense) {
    return new Row(List.of(what, Html.number("%.3e", flops), Html.percent(flops / dense)));
  }
}
