package dev.sparrow.train;

import dev.sparrow.BadInput;
import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.checkpoint.CheckpointContent;
import dev.sparrow.config.ConfigFile;
import dev.sparrow.config.ConfigHash;
import dev.sparrow.config.RunConfig;
import dev.sparrow.io.AtomicFiles;
import dev.sparrow.io.Json;
import dev.sparrow.report.AdversarialExamples;
import dev.sparrow.report.Curves;
import dev.sparrow.report.DistanceMap;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.report.Histogram;
import dev.sparrow.report.HtmlReport;
import dev.sparrow.report.ImageGrid;
import dev.sparrow.report.MetricsLog;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.report.RunFolder;
import dev.sparrow.report.StoredRun;
import dev.sparrow.report.TensorBoardEvents;
import dev.sparrow.sparse.MaskSettling;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run leaves in its folder. Every file but the append-only ones is replaced as a whole. */
final class RunArtifacts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunArtifacts.class);

  private final RunFolder folder;
  private final RunConfig config;
  private final MetricsLog metrics;
  private final TensorBoardEvents events;

  /** Opens the logs of a run that goes on with an epoch; lines of that epoch and later ones are dropped, since it runs again. */
  RunArtifacts(RunFolder folder, RunConfig config, int nextEpoch) {
    this.folder = folder;
    this.config = config;
    this.metrics = MetricsLog.open(folder.metrics(), nextEpoch);
    this.events = TensorBoardEvents.create(folder.root(), config, nextEpoch);
  }

  /** Makes the folder that of a run with this configuration, unless it is already. */
  static void claim(RunFolder folder, RunConfig config) {
    if (!folder.holdsRun()) {
      toDisk("configuration", folder.config(), () -> AtomicFiles.write(folder.config(), ConfigFile.text(config)));
    }
  }

  /** Reads back what a resumed folder was started with and checks that it is what is asked for now, perhaps on another engine. */
  static void checkSame(RunFolder folder, RunConfig config) {
    String expected = ConfigHash.acrossEngines(ConfigFile.read(folder.config()));
    String got = ConfigHash.acrossEngines(config);
    if (!expected.equals(got)) {
      throw BadInput.data("configuration", "that of the run (" + expected + ")", got, folder.config());
    }
  }

  void saveCheckpoint(Path checkpoint, CheckpointContent content) {
    toDisk("checkpoint (the previous one is intact)", checkpoint, () -> Checkpoint.save(checkpoint, content));
  }

  void epochFinished(EpochRecord epoch, List<EpochRecord> history) {
    toDisk("metrics", folder.metrics(), () -> metrics.append(epoch));
    toDisk("TensorBoard events", folder.root(), () -> events.epoch(epoch));
    draw("curves", folder.curves(), () -> Curves.write(folder.curves(), new StoredRun(config, history, Optional.empty())));
  }

  /** What the network looks like after an epoch. */
  void looked(int epoch, Snapshot snapshot) {
    toDisk("TensorBoard events", folder.root(), () -> events.histograms(epoch, byTag(snapshot)));
    draw("adversarial images", folder.root(), () -> events.picture(epoch, "adversarial", picture(snapshot.examples())));
  }

  private static Map<String, Histogram> byTag(Snapshot snapshot) {
    Map<String, Histogram> histograms = new LinkedHashMap<>();
    snapshot.weights().forEach((name, histogram) -> histograms.put("weights/" + name, histogram));
    return histograms;
  }

  private static BufferedImage picture(AdversarialExamples examples) {
    return new ImageGrid(examples.imageSize()).draw(examples.named(examples.images().size()));
  }

  void masksCompared(MaskSettling settling) {
    draw("mask distances", folder.distances(), () -> DistanceMap.write(folder.distances(), settling));
  }

  /** The page draws a picture for every chart, so it is written when the run stops, not after every epoch. */
  void interrupted(List<EpochRecord> history) {
    if (!history.isEmpty()) { // before the end of the first epoch there is nothing to show
      draw("report", folder.report(), () -> HtmlReport.write(folder, new StoredRun(config, history, Optional.empty())));
    }
  }

  void runFinished(ResultRecord result, List<EpochRecord> history, AdversarialExamples examples) {
    toDisk("adversarial images", folder.adversarial(), () -> examples.write(folder.adversarial()));
    toDisk("TensorBoard events", folder.root(), () -> events.finished(history.size() - 1L));
    StoredRun run = new StoredRun(config, history, Optional.of(result));
    draw("curves", folder.curves(), () -> Curves.write(folder.curves(), run));
    draw("report", folder.report(), () -> HtmlReport.write(folder, run));
    toDisk("result", folder.result(), () -> AtomicFiles.write(folder.result(), Json.pretty(result))); // last: it marks the run as finished
  }

  interface Writing {
    void run() throws IOException;
  }

  /**
   * Says what could not be written, where and why. Nothing is lost by it: the last checkpoint is whole, and epochs that came after it run
   * again on resume.
   */
  static void toDisk(String what, Path where, Writing writing) {
    try {
      writing.run();
    } catch (UncheckedIOException e) {
      throw notWritten(what, where, e.getCause());
    } catch (IOException e) {
      throw notWritten(what, where, e);
    }
  }

  private static BadInput notWritten(String what, Path where, IOException cause) {
    Optional<String> reason = cause instanceof FileSystemException failure ? Optional.ofNullable(failure.getReason()) : Optional.empty();
    return BadInput.data(what, "a disk that takes it", reason.orElse(cause.toString()), where, cause);
  }

  /** A picture is not worth a run: Java cannot draw on a system without fonts, which shows as various exceptions and errors. */
  private static void draw(String what, Path where, Runnable drawing) {
    try {
      toDisk(what, where, drawing::run);
    } catch (BadInput e) {
      throw e;
    } catch (RuntimeException | LinkageError | InternalError e) {
      LOG.warn("{} not drawn: {} ({})", what, e, where);
    }
  }

  @Override
  public void close() {
    try {
      events.close();
    } finally {
      metrics.close();
    }
  }
}
