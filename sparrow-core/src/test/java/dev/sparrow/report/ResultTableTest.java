package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import dev.sparrow.config.RunConfig;
import dev.sparrow.testing.MadeUpRuns;
import dev.sparrow.testing.MadeUpRuns.Accuracies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTableTest {

  @TempDir Path folder;

  private void run(String name, double robust, String... assignments) {
    MadeUpRuns.finished(folder.resolve(name), new Accuracies(robust, robust - 0.0625, 0.5, 0.625), Optional.of(0.75), assignments);
  }

  private ResultTable table() {
    return ResultTable.of(RunCollection.read(List.of(folder)));
  }

  private static List<String> labels(ResultTable table) {
    return table.rows().stream().map(ResultRow::label).toList();
  }

  private static double mean(ResultRow row, Metric metric) {
    return row.sample(metric).orElseThrow().mean();
  }

  @Test
  void runsThatDifferInTheirSeedAreOneRow() {
    run("b-1", 0.25, "method=static", "seed=1");
    run("b-2", 0.5, "method=static", "seed=2");
    run("b-3", 0.375, "method=static", "seed=3", "runtime.threads=2");
    run("a", 0.25, "method=set", "seed=1");
    ResultTable table = table();
    assertThat(labels(table)).containsExactly("set", "static");
    ResultRow row = table.rows().get(1);
    assertThat(row.runs()).extracting(run -> run.folder().getFileName().toString()).containsExactly("b-1", "b-2", "b-3");
    // Differences from the mean are -1/8, 1/8 and 0: the variance is 2/64 / 2.
    assertThat(row.sample(Metric.ROBUST_BEST)).contains(new Sample(3, 0.375, Optional.of(0.125)));
    assertThat(row.sample(Metric.ROBUST_FINAL)).contains(new Sample(3, 0.3125, Optional.of(0.125)));
    assertThat(row.sample(Metric.ROBUST_GAP)).contains(new Sample(3, 0.0625, Optional.of(0.0)));
    assertThat(row.sample(Metric.CLEAN_BEST)).contains(new Sample(3, 0.5, Optional.of(0.0)));
    assertThat(row.sample(Metric.CLEAN_FINAL)).contains(new Sample(3, 0.625, Optional.of(0.0)));
    assertThat(row.sample(Metric.CLEAN_GAP)).contains(new Sample(3, -0.125, Optional.of(0.0)));
    assertThat(row.sample(Metric.GENERALIZATION_GAP)).contains(new Sample(3, 0.4375, Optional.of(0.125)));
    assertThat(row.sample(Metric.SECONDS)).contains(new Sample(3, 12, Optional.of(1.0)));
    assertThat(table.rows().get(0).sample(Metric.ROBUST_BEST)).contains(new Sample(1, 0.25, Optional.empty()));
  }

  @Test
  void whatSomeSeedsDidNotMeasureIsAveragedOverTheOthers() {
    run("1", 0.25, "seed=1");
    MadeUpRuns.finished(folder.resolve("2"), new Accuracies(0.25, 0.25, 0.5, 0.5), Optional.empty(), "seed=2");
    assertThat(table().rows().get(0).sample(Metric.GENERALIZATION_GAP)).contains(new Sample(1, 0.5625, Optional.empty()));
  }

  @Test
  void costsAreRelativeToDenseTraining() {
    run("dense", 0.25, "method=dense");
    run("sparse", 0.25, "method=static");
    ResultTable table = table();
    ResultRow dense = table.rows().get(0);
    ResultRow sparse = table.rows().get(1);
    assertThat(mean(dense, Metric.TRAINING_DENSE)).isEqualTo(33e9);
    assertThat(mean(dense, Metric.TRAINING_PAPER_RELATIVE)).isEqualTo(1);
    // PGD-10 costs 33 units as the paper counts and 23 honestly, so honest dense training costs 23e9.
    assertThat(mean(dense, Metric.TRAINING_HONEST_RELATIVE)).isCloseTo(1, within(1e-12));
    assertThat(mean(sparse, Metric.TRAINING_PAPER)).isEqualTo(11e9);
    assertThat(mean(sparse, Metric.TRAINING_PAPER_RELATIVE)).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(mean(sparse, Metric.TRAINING_HONEST)).isEqualTo(9.2e9);
    assertThat(mean(sparse, Metric.TRAINING_HONEST_RELATIVE)).isCloseTo(0.4, within(1e-12));
    assertThat(mean(sparse, Metric.INFERENCE_RELATIVE)).isEqualTo(0.25);
    assertThat(mean(sparse, Metric.DENSITY)).isEqualTo(0.2);
  }

  @Test
  void aFirstStageIsNoPartOfWhatDenseTrainingCosts() {
    run("1", 0.25, "method=robust-bird", "seed=1");
    run("2", 0.25, "method=robust-bird", "seed=2");
    run("3", 0.25, "method=robust-bird", "seed=3");
    ResultRow row = table().rows().get(0);
    assertThat(mean(row, Metric.TRAINING_HONEST)).isEqualTo(13.8e9);
    assertThat(mean(row, Metric.TRAINING_HONEST_RELATIVE)).isCloseTo(0.6, within(1e-12));
    assertThat(mean(row, Metric.TRAINING_PAPER_RELATIVE)).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(row.sample(Metric.TICKET_EPOCHS)).contains(new Sample(3, 2, Optional.of(1.0)));
    assertThat(mean(row, Metric.TICKET_EMERGED)).isCloseTo(2.0 / 3, within(1e-12));
  }

  @Test
  void labelsSayNothingThatAMethodDoesNotRead() {
    run("1", 0.25, "method=robust-bird");
    run("2", 0.25, "method=gradual");
    run("3", 0.25, "method=static", "prune.scorer=snip");
    run("4", 0.25, "method=static");
    assertThat(labels(table())).allMatch(label -> label.contains("scorer") == label.startsWith("static"));
  }

  @Test
  void labelsSayWhatDiffersOfTheMethodAndColumnsWhatElseDoes() {
    run("1", 0.25, "method=dense");
    run("2", 0.25, "method=static");
    run("3", 0.25, "method=static", "sparsity.density=0.1", "prune.scorer=snip");
    run("4", 0.25, "method=static", "epochs=3");
    ResultTable table = table();
    assertThat(labels(table))
        .containsExactly(
            "dense", "static, density 0.2, scorer random", "static, density 0.1, scorer snip", "static, density 0.2, scorer random");
    assertThat(table.variation().settings()).containsExactly("epochs");
    assertThat(table.rows()).extracting(table::settings).containsExactly(List.of("2"), List.of("2"), List.of("2"), List.of("3"));
  }

  @Test
  void keysThatEndAlikeAreWrittenOut() {
    assertThat(Variation.title("sparsity.density")).isEqualTo("density");
    assertThat(Variation.title("prune.scope")).isEqualTo("scope");
    assertThat(Variation.title("testAttack.eps")).isEqualTo("testAttack.eps");
    assertThat(Variation.title("epochs")).isEqualTo("epochs");
  }

  @Test
  void aSweepHasItsOrderAndItsLabels() {
    Path root = folder.resolve("sweep");
    RunConfig config = MadeUpRuns.unfinished(root.resolve("a"), 1, "method=set");
    run("sweep/b", 0.25, "method=static");
    run("sweep/c", 0.25, "method=dense");
    new SweepFolder(root)
        .store(SweepIndex.of(List.of(entry("the static one", "b"), entry("dense", "c"), entry("later", "d"), entry("set", "a"))));
    ResultTable table = table();
    assertThat(config.epochs()).isEqualTo(2);
    assertThat(labels(table)).containsExactly("the static one", "dense");
    assertThat(TableNotes.leftOut(table.leftOut()))
        .containsExactly(
            "2 unfinished runs left out: %s (not started), %s (1 of 2 epochs)".formatted(root.resolve("d"), root.resolve("a")));
  }

  private static SweepIndex.Entry entry(String label, String name) {
    return new SweepIndex.Entry(label, name, "sha256:" + name, Map.of());
  }

  @Test
  void labelsOfSweepsThatDoNotTellRowsApartAreReplaced() {
    run("one/a", 0.25, "method=static");
    run("two/a", 0.25, "method=static", "sparsity.density=0.1");
    new SweepFolder(folder.resolve("one")).store(SweepIndex.of(List.of(entry("static", "a"))));
    new SweepFolder(folder.resolve("two")).store(SweepIndex.of(List.of(entry("static", "a"))));
    assertThat(labels(table())).containsExactly("static, density 0.2", "static, density 0.1");
  }

  @Test
  void unfinishedDamagedAndRepeatedRunsAreLeftOut() throws IOException {
    run("1", 0.25, "seed=1");
    run("2", 0.75, "seed=1", "runtime.threads=3");
    run("3", 0.75, "seed=3");
    Files.writeString(folder.resolve("3/result.json"), "{");
    MadeUpRuns.unfinished(folder.resolve("4"), 1, "seed=4");
    MadeUpRuns.unfinished(folder.resolve("5"), 0, "seed=5");
    Files.delete(folder.resolve("5/metrics.jsonl"));
    RunCollection runs = RunCollection.read(List.of(folder));
    assertThat(runs.finished()).extracting(FinishedRun::folder).containsExactly(folder.resolve("1"));
    assertThat(runs.leftOut()).extracting(run -> run.folder().getFileName() + " " + run.reason().adjective())
        .containsExactly("2 repeated", "3 damaged", "4 unfinished", "5 unfinished");
    assertThat(runs.leftOut().get(0).details()).isEqualTo("the same configuration and seed as " + folder.resolve("1"));
    assertThat(runs.leftOut().get(1).details()).startsWith("JSON: expected one well-formed value").contains("result.json");
    assertThat(runs.leftOut().get(2).details()).isEqualTo("1 of 2 epochs");
    assertThat(runs.leftOut().get(3).details()).isEqualTo("0 of 2 epochs");
    assertThat(ResultTable.of(runs).rows().get(0).sample(Metric.ROBUST_BEST)).contains(new Sample(1, 0.25, Optional.empty()));
  }

  @Test
  void fewOfManyAreNamed() {
    List<LeftOut> many = IntStream.range(0, 9).mapToObj(i -> new LeftOut(Path.of("r" + i), LeftOut.Reason.UNFINISHED, "not started")).toList();
    assertThat(TableNotes.leftOut(many.subList(0, 2))).containsExactly("2 unfinished runs left out: r0 (not started), r1 (not started)");
    assertThat(TableNotes.leftOut(many)).singleElement().asString().startsWith("9 unfinished runs left out: r0 (not started), ")
        .endsWith(", r5 (not started) and 3 more");
  }

  @Test
  void withoutAFinishedRunThereIsNoTable() {
    MadeUpRuns.unfinished(folder.resolve("a"), 1);
    assertThatThrownBy(this::table)
        .isInstanceOf(BadInput.class)
        .hasMessage("runs: expected at least one that has finished, got one unfinished: 1 of 2 epochs (%s)", folder.resolve("a"));
    MadeUpRuns.unfinished(folder.resolve("b"), 1, "seed=2");
    assertThatThrownBy(this::table).hasMessageContaining("1 of 2 epochs, and 1 more that do not count (");
  }

  @Test
  void runFoldersAreSearchedBelowOnceAndNotWithinRuns() throws IOException {
    run("x/y/run", 0.25);
    run("x/y/run/stage1", 0.5, "seed=2");
    run(".hidden/run", 0.5, "seed=3");
    Files.createSymbolicLink(folder.resolve("x/circle"), folder);
    List<RunSearch.Found> found = RunSearch.below(List.of(folder.resolve("x/y/run"), folder, folder.resolve("x/../x")));
    assertThat(found).extracting(run -> run.folder().root()).containsExactly(folder.resolve("x/y/run"));
  }

  @Test
  void aPathWithoutRunsIsAnError() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> RunSearch.below(List.of(empty)))
        .hasMessage(
            "run folder: expected a folder that holds a run, or runs below it, got one without config.json or sweep.json at or below it (%s)", empty);
    assertThatThrownBy(() -> RunSearch.below(List.of(file)))
        .hasMessage("run folder: expected a folder that holds a run, or runs below it, got a file (%s)", file);
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> RunSearch.below(List.of(missing)))
        .hasMessage("run folder: expected a folder that holds a run, or runs below it, got nothing (%s)", missing);
  }

  @Test
  void theBestAndItsEqualsAreMarked() {
    // Means 0.5, 0.53125 and 0.375 with deviations of sqrt(2)/16 = 0.088, 0.044 and 0.
    run("a-1", 0.4375, "method=static", "seed=1");
    run("a-2", 0.5625, "method=static", "seed=2");
    run("b-1", 0.5, "method=set", "seed=1");
    run("b-2", 0.5625, "method=set", "seed=2");
    run("c-1", 0.375, "method=rigl", "seed=1");
    run("c-2", 0.375, "method=rigl", "seed=2");
    ResultTable table = table();
    assertThat(Marks.of(table, Metric.ROBUST_BEST)).extracting(ResultRow::label).containsExactlyInAnyOrder("static", "set");
    assertThat(Marks.of(table, Metric.GENERALIZATION_GAP)).as("small after a poor best epoch too, so no merit by itself").isEmpty();
    assertThat(Marks.of(table, Metric.CLEAN_FINAL)).as("all the same").isEmpty();
    assertThat(Marks.of(table, Metric.CLEAN_GAP)).isEmpty();
    assertThat(Marks.of(table, Metric.TRAINING_PAPER)).isEmpty();
  }

  @Test
  void nothingIsMarkedWhereThatWouldClaimTooMuch() {
    run("a-1", 0.4375, "method=static", "seed=1");
    run("a-2", 0.5625, "method=static", "seed=2");
    assertThat(Marks.any(table())).as("one row").isFalse();
    run("b-1", 0.25, "method=set", "seed=1");
    assertThat(Marks.any(table())).as("one seed").isFalse();
    run("b-2", 0.25, "method=set", "seed=2");
    assertThat(Marks.any(table())).isTrue();
    run("c-1", 0.25, "method=set", "seed=1", "testAttack.steps=2");
    run("c-2", 0.25, "method=set", "seed=2", "testAttack.steps=2");
    assertThat(Marks.any(table())).as("another attack").isFalse();
  }
}
