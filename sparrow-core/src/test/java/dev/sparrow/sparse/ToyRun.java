package dev.sparrow.sparse;

import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import dev.sparrow.units.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/**
 * A training run on a network without forward pass: gradients are random, a pure function of the iteration. Lives in the scope it was made
 * in.
 */
final class ToyRun {

  static final long ITERATIONS_PER_EPOCH = 6;

  private static final Map<String, Shape> SHAPES = shapes();

  private final Seed seed;
  private final NamedTensors momentum;
  final TensorsClassifier model;

  ToyRun(long seed) {
    this.seed = new Seed(seed);
    model = new TensorsClassifier(each(name -> random("weight." + name, 0, SHAPES.get(name))));
    momentum = each(name -> random("momentum." + name, 0, SHAPES.get(name)));
  }

  void start(SparsityMethod method) {
    method.initialize(SparsityStart.of(model, DeviceSpec.CPU, seed));
  }

  Seed seed() {
    return seed;
  }

  NamedTensors momentum() {
    return momentum;
  }

  /** Makes a layer's weights smaller than those of the others. */
  void shrink(String name, double factor) {
    try (var guard = Tensors.noGrad()) {
      Arithmetic.scaleInPlace(model.parameters().get(name), factor);
    }
  }

  /** Iterations {@code from} to {@code to}, both included, counting from 1; signals call for pruning and growth from the third epoch on. */
  List<TopologyUpdate> train(SparsityMethod method, long from, long to, Runnable afterEachStep) {
    List<TopologyUpdate> updates = new ArrayList<>();
    for (long iteration = from; iteration <= to; iteration++) {
      int epoch = (int) ((iteration - 1) / ITERATIONS_PER_EPOCH);
      try (TensorScope scope = TensorScope.open();
          var guard = Tensors.noGrad()) {
        long now = iteration;
        NamedTensors gradients = each(name -> random("gradient." + name, now, SHAPES.get(name)));
        gradients.forEach(this::step);
        method.afterOptimizerStep(new TrainingState(model, momentum, iteration, epoch, seed), gradients).ifPresent(updates::add);
      }
      if (iteration % ITERATIONS_PER_EPOCH == 0) {
        method.afterEpoch(model, new EpochSignals(epoch, 0.1 * epoch, 0.3, 1 + 0.1 * ((epoch + 1) % 3)));
      }
      afterEachStep.run();
    }
    return updates;
  }

  private void step(String name, Tensor gradient) {
    Arithmetic.scaleInPlace(momentum.get(name), 0.9);
    Arithmetic.addInPlace(momentum.get(name), gradient, 1);
    Arithmetic.addInPlace(model.parameters().get(name), momentum.get(name), -0.1);
  }

  private Tensor random(String consumer, long iteration, Shape shape) {
    try (Rng rng = new Rng(seed.derive(consumer, iteration))) {
      return rng.uniformLike(Tensors.ofFloats(new float[(int) shape.size()], shape.toLongs()), -1, 1);
    }
  }

  private static NamedTensors each(Function<String, Tensor> make) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    SHAPES.keySet().forEach(name -> tensors.put(name, make.apply(name)));
    return new NamedTensors(tensors);
  }

  private static Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("conv1.weight", Shape.of(4, 3, 3, 3));
    shapes.put("bn1.weight", Shape.of(4));
    shapes.put("conv2.weight", Shape.of(8, 4, 3, 3));
    shapes.put("fc.weight", Shape.of(10, 32));
    shapes.put("fc.bias", Shape.of(10));
    return shapes;
  }
}
