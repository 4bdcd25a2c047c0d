package dev.sparrow.kernel;

import java.util.Arrays;
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

/** Passes over whole values in the sparse engine, next to a copy of as many words: 128 images, one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-XX:ObjectAlignmentInBytes=64", "-Xmx2g"})
public class SparsePassesBenchmark {

  private static final float[] NONE = {};

  /** The layer whose output the passes go over. */
  @Param({"STEM", "C128_S16", "C256_S8", "C512_S4"})
  public ResNet18Layer layer;

  /** What activations are stored as. */
  @Param public WordFormat format;

  private Kernels kernels;
  private Plane plane;
  private Part whole;
  private float[][] value;
  private float[][] other;
  private float[][] out;
  private float[] coefficients;
  private float[] lanes;
  private float[] images;
  private float[] sums;

  /** A state for JMH. */
  public SparsePassesBenchmark() {}

  /** Makes words. */
  @Setup(Level.Trial)
  public void open() {
    kernels = KernelLoader.load(KernelChoice.VECTOR, format);
    plane = layer.output();
    whole = Part.whole(plane);
    Random random = new Random(1);
    value = Words.random(kernels, plane, random);
    other = Words.random(kernels, plane, random);
    out = Words.random(kernels, plane, random);
    coefficients = new float[plane.channels()];
    Arrays.fill(coefficients, 0.5f);
    lanes = new float[kernels.lanes()];
    Arrays.fill(lanes, Float.intBitsToFloat(-1));
    images = new float[ResNet18Layer.BATCH * plane.channels() * plane.height() * plane.width()];
    sums = new float[images.length / value.length];
  }

  private interface Pass {
    void run(int group);
  }

  private float[][] run(Pass pass) {
    for (int group = 0; group < value.length; group++) {
      pass.run(group);
    }
    return out;
  }

  /**
   * What any pass from one value to another costs at least.
   *
   * @return the words written
   */
  @Benchmark
  public float[][] copy() {
    return run(group -> System.arraycopy(value[group], 0, out[group], 0, out[group].length));
  }

  /**
   * Batch norm and ReLU.
   *
   * @return the words written
   */
  @Benchmark
  public float[][] normalize() {
    Normalize norm = new Normalize(coefficients, coefficients, NONE, NONE, NONE, lanes);
    return run(group -> kernels.normalize(plane, whole, value[group], norm, out[group]));
  }

  /**
   * Batch norm of two values, their sum and ReLU.
   *
   * @return the words written
   */
  @Benchmark
  public float[][] normalizeSum() {
    return run(
        group -> {
          Normalize norm = new Normalize(coefficients, coefficients, other[group], coefficients, coefficients, lanes);
          kernels.normalize(plane, whole, value[group], norm, out[group]);
        });
  }

  /**
   * The gradient through batch norm.
   *
   * @return the words written
   */
  @Benchmark
  public float[][] centre() {
    return run(
        group -> {
          Centre centre = new Centre(coefficients, other[group], coefficients, coefficients, NONE, lanes);
          kernels.centre(plane, whole, value[group], centre, out[group]);
        });
  }

  /**
   * Images to words.
   *
   * @return the words written
   */
  @Benchmark
  public float[][] pack() {
    int size = ResNet18Layer.BATCH / value.length;
    return run(
        group -> kernels.pack(plane, images, group * size, ResNet18Layer.BATCH, coefficients, coefficients, out[group]));
  }

  /**
   * Sums to images.
   *
   * @return the images
   */
  @Benchmark
  public float[] unpack() {
    int size = ResNet18Layer.BATCH / value.length;
    run(group -> kernels.unpack(plane, sums, group * size, ResNet18Layer.BATCH, coefficients, images));
    return images;
  }
}
