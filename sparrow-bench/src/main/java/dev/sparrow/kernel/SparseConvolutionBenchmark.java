package dev.sparrow.kernel;

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

/**
 * The convolution of a layer in the sparse engine, with its epilogue of a training step: 128 images, one thread. {@link
 * DenseConvolutionBenchmark} is its twin.
 */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-XX:ObjectAlignmentInBytes=64", "-Xmx2g"})
public class SparseConvolutionBenchmark {

  private static final float[] NONE = {};

  /** Which layer. */
  @Param public ResNet18Layer layer;

  /** Which way. */
  @Param public Direction direction;

  /** Fraction of active weights. */
  @Param({"0.2", "0.1", "0.05"})
  public double density;

  /** What activations are stored as. */
  @Param public WordFormat format;

  private Kernels kernels;
  private Taps taps;
  private Part part;
  private float[][] in;
  private float[][] activation;
  private float[][] out;
  private float[] moments;
  private float[] scratch;

  /** A state for JMH. */
  public SparseConvolutionBenchmark() {}

  /** Makes taps and words. */
  @Setup(Level.Trial)
  public void open() {
    Random random = new Random(1);
    kernels = KernelLoader.load(KernelChoice.VECTOR, format);
    boolean[] active = Taps.all(layer.conv());
    float[] weight = new float[active.length];
    for (int i = 0; i < active.length; i++) {
      active[i] = random.nextDouble() < density;
      weight[i] = (float) random.nextGaussian();
    }
    taps = direction == Direction.FORWARD
        ? Taps.forward(layer.conv(), layer.input(), layer.output(), active)
        : Taps.backward(layer.conv(), layer.input(), layer.output(), active);
    taps.load(weight);
    part = new Part(0, taps.phases.get(0).rows, 0, taps.output.channels());
    in = Words.random(kernels, taps.input, random);
    activation = Words.random(kernels, taps.output, random);
    out = Words.random(kernels, taps.output, random);
    moments = new float[taps.output.channels() * 2 * kernels.lanes()];
    scratch = new float[kernels.scratch(taps)];
  }

  /**
   * The whole batch.
   *
   * @return the moments
   */
  @Benchmark
  public float[] sparse() {
    for (int group = 0; group < in.length; group++) {
      kernels.convolve(taps, in[group], part, finish(group), scratch);
    }
    return moments;
  }

  private Finish finish(int group) {
    return direction == Direction.FORWARD
        ? new Finish.Forward(NONE, out[group], NONE, NONE, NONE, moments)
        : new Finish.Backward(NONE, activation[group], activation[group], moments, NONE, NONE, out[group]);
  }
}
