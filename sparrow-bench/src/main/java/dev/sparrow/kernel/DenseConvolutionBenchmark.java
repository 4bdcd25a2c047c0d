package dev.sparrow.kernel;

import dev.sparrow.arch.Op;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The convolution of a layer by libtorch, channels_last, without anything around it: 128 images, one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", "-Xmx2g"})
public class DenseConvolutionBenchmark {

  /** Which layer. */
  @Param public ResNet18Layer layer;

  /** Which way. */
  @Param public Direction direction;

  /** Of the products. */
  @Param public Precision precision;

  private TensorScope scope;
  private Tensor input;
  private Tensor weight;
  private Tensor gradient;
  private BoolPointer wanted;

  /** A state for JMH. */
  public DenseConvolutionBenchmark() {}

  /** Makes tensors. */
  @Setup(Level.Trial)
  public void open() {
    torch.set_num_threads(1);
    scope = TensorScope.open();
    Op.Conv2d conv = layer.conv();
    Plane in = layer.input();
    Plane out = layer.output();
    input = random("input", ResNet18Layer.BATCH, in.channels(), in.height(), in.width());
    weight = random("weight", conv.out(), conv.in(), conv.kernel(), conv.kernel());
    gradient = random("gradient", ResNet18Layer.BATCH, out.channels(), out.height(), out.width());
    wanted = new BoolPointer(3).put(0, true).put(1, false).put(2, false);
  }

  private Tensor random(String consumer, long... shape) {
    try (Rng rng = new Rng(new Seed(1).derive(consumer))) {
      int size = 1;
      for (long dimension : shape) {
        size *= (int) dimension;
      }
      Tensor values = rng.uniformLike(Tensors.ofFloats(new float[size], shape), -1, 1);
      return precision.cast(values).contiguous(MemoryFormat.ChannelsLast);
    }
  }

  /** Releases them. */
  @TearDown(Level.Trial)
  public void close() {
    wanted.close();
    scope.close();
  }

  /**
   * The whole batch.
   *
   * @return one of the result's sizes, so that nothing is optimised away
   */
  @Benchmark
  public long libtorch() {
    Op.Conv2d conv = layer.conv();
    long[] stride = {conv.stride(), conv.stride()};
    long[] padding = {conv.padding(), conv.padding()};
    long[] one = {1, 1};
    long[] none = {0, 0};
    try (TensorScope step = TensorScope.open();
        var guard = Tensors.noGrad()) {
      return direction == Direction.FORWARD
          ? torch.conv2d(input, weight, new TensorOptional(), stride, padding, one, 1).size(0)
          : torch.convolution_backward(gradient, input, weight, new long[0], stride, padding, one, false, none, 1, wanted)
              .get0()
              .size(0);
    }
  }
}
