package dev.sparrow.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The gradients of a layer's active weights in the sparse engine: 128 images, one thread. {@link DenseWeightGradientBenchmark} is its twin. */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-XX:ObjectAlignmentInBytes=64", "-Xmx2g"})
public class WeightGradientBenchmark {

  /** Taps whose sums stay in the second-level cache. */
  private static final int MOST_TAPS = 8192;

  /** Which layer. */
  @Param public ResNet18Layer layer;

  /** Fraction of active weights. */
  @Param({"0.2", "0.1", "0.05"})
  public double density;

  /** What activations are stored as. */
  @Param public WordFormat format;

  private Kernels kernels;
  private Taps taps;
  private float[][] in;
  private float[][] gradient;
  private List<Part> parts;
  private float[] sums;

  /** A state for JMH. */
  public WeightGradientBenchmark() {}

  /** Makes taps and words. */
  @Setup(Level.Trial)
  public void open() {
    Random random = new Random(1);
    kernels = KernelLoader.load(KernelChoice.VECTOR, format);
    boolean[] active = Taps.all(layer.conv());
    for (int i = 0; i < active.length; i++) {
      active[i] = random.nextDouble() < density;
    }
    taps = Taps.forward(layer.conv(), layer.input(), layer.output(), active);
    in = Words.random(kernels, layer.input(), random);
    gradient = Words.random(kernels, layer.output(), random);
    parts = new ArrayList<>();
    TapList list = taps.phases.get(0);
    int most = 0;
    for (int from = 0; from < layer.output().channels(); ) {
      int to = from + 1;
      while (to < layer.output().channels() && list.count(from, to + 1) <= MOST_TAPS) {
        to++;
      }
      parts.add(new Part(0, layer.output().height(), from, to));
      most = Math.max(most, list.count(from, to));
      from = to;
    }
    sums = new float[most * kernels.lanes()];
  }

  /**
   * The sums of every active weight over the batch, but for the lanes.
   *
   * @return the last sums
   */
  @Benchmark
  public float[] sparse() {
    for (Part part : parts) {
      Arrays.fill(sums, 0);
      for (int group = 0; group < in.length; group++) {
        kernels.weightGradients(taps, in[group], gradient[group], part, sums);
      }
    }
    return sums;
  }
}
