package dev.sparrow.bench;

import dev.sparrow.allocation.IdealGasQuota;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.Growth;
import dev.sparrow.config.Method;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.config.PruneConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.mask.LayerCollapse;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.nn.Network;
import dev.sparrow.prune.FirstMasks;
import dev.sparrow.schedule.DropFraction;
import dev.sparrow.schedule.UpdateSchedule;
import dev.sparrow.sparse.DropAndGrowPlan;
import dev.sparrow.sparse.GrowthRule;
import dev.sparrow.sparse.SparseTraining;
import dev.sparrow.sparse.SparsityStart;
import dev.sparrow.sparse.TopologyPlan;
import dev.sparrow.sparse.TopologyUpdate;
import dev.sparrow.sparse.TrainingState;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.Tensor;
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

/** What a sparsity method costs on ResNet-18 (11.2 million prunable weights, density 0.2), next to libtorch's own selection. */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = {"-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", "-Xmx2g"})
public class TopologyUpdateBenchmark {

  private static final double DROP_FRACTION = 0.5;

  /** Which weights are activated. */
  @Param({"GRADIENT", "RANDOM", "MOMENTUM_NEURON"})
  public Growth growth;

  private TensorScope scope;
  private LibtorchClassifier model;
  private NamedTensors momentum;
  private NamedTensors gradients;
  private NamedTensors weights;
  private SparseTraining method;

  /** A state for JMH. */
  public TopologyUpdateBenchmark() {}

  /** Makes network, gradients and masks. */
  @Setup(Level.Trial)
  public void open() {
    scope = TensorScope.open();
    var blueprint = Blueprints.create(NetworkConfig.DEFAULT, 10, 32, Density.DENSE);
    Network network = new Network(blueprint, new Seed(1), DeviceSpec.CPU);
    model = new LibtorchClassifier(network, Normalization.NONE, Precision.FP32);
    momentum = random("momentum");
    gradients = random("gradient");
    weights = random("weight");
    TopologyPlan plan =
        new DropAndGrowPlan(UpdateSchedule.every(2), new DropFraction.Constant(DROP_FRACTION), GrowthRule.of(growth), Optional.empty());
    FirstMasks firstMasks = new FirstMasks(PruneConfig.DEFAULT, new IdealGasQuota(), new Density(0.2));
    method = new SparseTraining(Method.FLYING_BIRD, firstMasks, new LayerCollapse(false), plan);
    method.initialize(SparsityStart.of(model, DeviceSpec.CPU, new Seed(1)));
  }

  /** Gives the weights fresh values: updates without optimizer steps in between would soon see zeros only. */
  @Setup(Level.Invocation)
  public void refresh() {
    try (TensorScope step = TensorScope.open();
        var guard = Tensors.noGrad()) {
      weights.forEach((name, fresh) -> model.parameters().get(name).copy_(fresh));
    }
  }

  /** Releases them. */
  @TearDown(Level.Trial)
  public void close() {
    method.close();
    model.close();
    scope.close();
  }

  /**
   * One topology update.
   *
   * @return what happened
   */
  @Benchmark
  public TopologyUpdate topologyUpdate() {
    return method.afterOptimizerStep(state(2), gradients).orElseThrow();
  }

  /**
   * What every other step pays: the masks applied to weights and momentum.
   *
   * @return nothing
   */
  @Benchmark
  public Optional<TopologyUpdate> applyMasks() {
    return method.afterOptimizerStep(state(1), gradients);
  }

  /**
   * The slow twin: thresholds of the drop by kthvalue and the growth by topk, without making masks.
   *
   * @return the sum of the thresholds, so that nothing is optimised away
   */
  @Benchmark
  public double libtorchSelection() {
    double sum = 0;
    MaskSet masks = method.masks();
    for (String name : masks.names()) {
      try (TensorScope layer = TensorScope.open();
          var guard = Tensors.noGrad()) {
        long active = masks.get(name).active();
        long drop = (long) Math.ceil(DROP_FRACTION * active);
        Tensor magnitudes = model.parameters().get(name).mul(masks.get(name).tensor()).abs().flatten();
        sum += Tensors.item(new Tensor(magnitudes.kthvalue(masks.get(name).size() - active + drop).get0()));
        Tensor scores = gradients.get(name).abs().mul(masks.get(name).tensor().logical_not()).flatten();
        sum += Tensors.item(new Tensor(scores.topk(drop).get1()).select(0, drop - 1));
      }
    }
    return sum;
  }

  private TrainingState state(long iteration) {
    return new TrainingState(model, momentum, iteration, 0, new Seed(1));
  }

  private NamedTensors random(String consumer) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    model
        .parameters()
        .forEach(
            (name, parameter) -> {
              try (Rng rng = new Rng(new Seed(1).derive(consumer + "." + name))) {
                tensors.put(name, rng.uniformLike(parameter.detach(), -1, 1));
              }
            });
    return new NamedTensors(tensors);
  }
}
