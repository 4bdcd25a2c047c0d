package dev.sparrow.train;

import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.config.Objective;
import dev.sparrow.config.RunConfig;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.engine.Engines;
import dev.sparrow.engine.Workload;
import dev.sparrow.sparse.SparsityStart;
import dev.sparrow.sparse.SparsityMethods;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.units.Median;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/** Steps of one network on one engine, and how long they took. */
final class StepTimer implements AutoCloseable {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";

  /** Only where the schedules of a run stand follows from it, and a step costs the same anywhere. */
  private static final long ITERATIONS_PER_EPOCH = 1_000_000;

  private final RunConfig config;
  private final Trainee trainee;
  private final TrainingStep step;
  private final DeviceBatch batch;
  private final List<Double> attack = new ArrayList<>();
  private final List<Double> descend = new ArrayList<>();
  private int steps;

  StepTimer(RunConfig config, ModelInfo model, EngineChoice engine) {
    this.config = config;
    trainee = Trainee.build(config, model, ITERATIONS_PER_EPOCH, engine.withWorkload(Workload.TRAINING), SparsityMethods::create);
    start(model);
    step = new TrainingStep(config, trainee);
    batch = batch(config, model);
  }

  private void start(ModelInfo model) {
    SparsityStart afresh = SparsityStart.of(trainee.model(), trainee.device(), config.seed());
    if (config.prune().ticket().isEmpty()) {
      trainee.sparsity().initialize(afresh);
      return;
    }
    StoredTicket ticket = new StoredTicket(config, Path.of(config.prune().ticket().get()));
    ticket.check(model);
    try {
      trainee.start(ticket.folder(), afresh.images(), config.seed());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Random images and labels, the same for every engine; owned by the caller's scope. */
  private DeviceBatch batch(RunConfig config, ModelInfo model) {
    SplittableRandom random = new SplittableRandom(config.seed().value());
    float[] images = new float[config.batchSize() * 3 * model.imageSize() * model.imageSize()];
    for (int i = 0; i < images.length; i++) {
      images[i] = random.nextInt(256) / 255f;
    }
    long[] labels = random.longs(config.batchSize(), 0, model.numClasses()).toArray();
    return DeviceBatch.of(images, labels, model.imageSize(), trainee.device());
  }

  /** Takes a step. */
  void run(boolean counts) {
    Engines.useThreads(trainee.engine());
    try (TensorScope scope = TensorScope.open()) {
      long start = System.nanoTime();
      Tensor images = step.adversarial(batch, 0, steps);
      long middle = System.nanoTime();
      step.descend(images, batch.labels(), 0, steps, config.optimizer().lr());
      long end = System.nanoTime();
      steps++;
      if (counts) {
        attack.add((middle - start) / 1e9);
        descend.add((end - middle) / 1e9);
      }
    }
  }

  /** Medians of the steps that counted. */
  StepTiming timing() {
    double[] whole = new double[attack.size()];
    Arrays.setAll(whole, i -> attack.get(i) + descend.get(i));
    EngineChoice engine = trainee.engine();
    return new StepTiming(
        config.batchSize() / Median.of(whole),
        config.objective() == Objective.STANDARD ? 0 : Median.of(toArray(attack)) / attackSteps(),
        Median.of(toArray(descend)),
        peakRssBytes(),
        engine.precision().name().toLowerCase(Locale.ROOT),
        engine.layout().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        engine.threads(),
        engine.kind().label());
  }

  private int attackSteps() {
    return switch (config.objective()) {
      case STANDARD -> 0;
      case FGSM, N_FGSM -> 1;
      case PGD -> config.trainAttack().steps();
    };
  }

  private static double[] toArray(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static OptionalLong peakRssBytes() {
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    trainee.close();
  }
}
