package dev.sparrow.sparse;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.BlueprintBuilder;
import dev.sparrow.arch.BlueprintBuilder.Value;
import dev.sparrow.arch.Op;
import dev.sparrow.data.Batches;
import dev.sparrow.data.Normalization;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.GoldenImages;
import dev.sparrow.units.Seed;
import dev.sparrow.units.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/**
 * A training run that runs no network once it has started: gradients are random, a pure function of the iteration. Lives in the scope it
 * was made in.
 */
final class ToyRun {

  static final long ITERATIONS_PER_EPOCH = 6;

  static final Blueprint BLUEPRINT = blueprint();

  private static final int IMAGE_SIZE = 4;
  private static final int CLASSES = 10;
  private static final Map<String, Shape> SHAPES = BLUEPRINT.parameters();

  private final Seed seed;
  private final NamedTensors momentum;
  private boolean everyGradient = true;
  private int denseGradients;
  final TensorsClassifier model;

  ToyRun(long seed) {
    this.seed = new Seed(seed);
    model = new TensorsClassifier(each(name -> random("weight." + name, 0, SHAPES.get(name))));
    momentum = each(name -> random("momentum." + name, 0, SHAPES.get(name)));
  }

  /** Initialises a method on a network with these parameters, which scorers can run; it is gone afterwards, its weights are kept. */
  void start(SparsityMethod method) {
    Network network = new Network(BLUEPRINT, seed, DeviceSpec.CPU);
    try (LibtorchClassifier runnable = new LibtorchClassifier(network, Normalization.NONE, Precision.FP32)) {
      model.parameters().forEach((name, weight) -> runnable.parameters().get(name).copy_(weight));
      Batches images = new GoldenImages(1, 8, IMAGE_SIZE, CLASSES);
      method.initialize(new SparsityStart(runnable, DeviceSpec.CPU, images, Optional.empty(), seed));
      model.parameters().forEach((name, weight) -> weight.copy_(runnable.parameters().get(name)));
    }
  }

  Seed seed() {
    return seed;
  }

  NamedTensors momentum() {
    return momentum;
  }

  /** From now on the gradients of inactive weights are zero, unless the method says that it needs them. */
  ToyRun withoutNeedlessGradients() {
    everyGradient = false;
    return this;
  }

  /** Iterations so far for which dense gradients were asked for. */
  int denseGradients() {
    return denseGradients;
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
        mask(gradients, method, iteration);
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

  private void mask(NamedTensors gradients, SparsityMethod method, long iteration) {
    boolean needed = method.needsDenseGradients(iteration);
    denseGradients += needed ? 1 : 0;
    if (!needed && !everyGradient) {
      method.masks().applyTo(gradients);
    }
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

  /** What the toy's parameters belong to; the last convolution sees all of the 2x2 map. */
  private static Blueprint blueprint() {
    BlueprintBuilder net = new BlueprintBuilder("toy", IMAGE_SIZE);
    Value first = net.batchNormRelu("bn1", net.conv("conv1", net.image(), 4, 3, 1));
    Value second = net.relu(net.conv("conv2", first, 8, 3, 2));
    net.globalAvgPool(net.append(new Op.Conv2d("fc", 8, CLASSES, 2, 1, 0, true), second));
    return net.build();
  }
}
