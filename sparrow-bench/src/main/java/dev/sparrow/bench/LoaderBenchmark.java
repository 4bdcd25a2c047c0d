package dev.sparrow.bench;

import dev.sparrow.data.Augmentation;
import dev.sparrow.data.BatchLoader;
import dev.sparrow.data.Batches;
import dev.sparrow.data.DatasetName;
import dev.sparrow.data.Datasets;
import dev.sparrow.data.ImageSet;
import dev.sparrow.units.Seed;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Images per second that the loader delivers: one operation is one augmented 32x32 image. A training step on n images costs
 * n / (images per second) of loading, spread over the workers, to be compared with the step itself.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LoaderBenchmark {

  private static final int IMAGES = 1_800;
  private static final int BATCH_SIZE = 128;
  private static final Seed SEED = new Seed(0);

  /** Threads of the loader. */
  @Param({"1", "2"})
  private int workers;

  /** Largest rotation in degrees: 0 is CIFAR-10's augmentation, 15 CIFAR-100's. */
  @Param({"0", "15"})
  private double maxDegrees;

  private ImageSet images;
  private Augmentation augmentation;
  private long epoch;

  /** Made by JMH. */
  public LoaderBenchmark() {}

  /** Reads the bundled sample. */
  @Setup
  public void read() {
    images = Datasets.open(DatasetName.CIFAR10_SAMPLE, Optional.empty(), 0, 0).train();
    augmentation = new Augmentation(4, true, maxDegrees);
  }

  /**
   * One epoch through the loader, its start and end included.
   *
   * @param sink takes the batches
   */
  @Benchmark
  @OperationsPerInvocation(IMAGES)
  public void epoch(Blackhole sink) {
    Batches batches = Batches.training(images, augmentation, BATCH_SIZE, SEED, epoch++);
    try (BatchLoader loader = new BatchLoader(batches, 0, workers)) {
      loader.forEachRemaining(sink::consume);
    }
  }
}
