package dev.sparrow.kernel;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.arch.Statistics;
import dev.sparrow.arch.Weights;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.SafetensorsFile;
import dev.sparrow.units.Density;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Seed;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** From a file with a sparse ResNet-18 to its loss, and a step of adversarial training, without libtorch. */
public final class ArrayTraining {

  private static final LinfPgd ATTACK = new LinfPgd(Epsilon.levels(8), Epsilon.levels(2), 10, true);
  private static final SoftmaxCrossEntropy LOSS = new SoftmaxCrossEntropy(10);

  private ArrayTraining() {}

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    int width = Integer.parseInt(args[1]);
    Blueprint blueprint = Blueprints.create(new NetworkConfig(Arch.RESNET18, width, 10, 1), 10, 32, Density.DENSE);
    Map<String, float[]> tensors = read(file, blueprint);
    Map<String, float[]> parameters = new LinkedHashMap<>(tensors);
    parameters.keySet().retainAll(blueprint.parameters().keySet());
    EngineSettings settings = new EngineSettings(WordFormat.BF16, 0, KernelChoice.AUTO);
    try (SparseNetwork network = new SparseNetwork(blueprint, Standardization.of(Normalization.CIFAR10), settings)) {
      System.out.println(network.description());
      SparseSgd sgd = new SparseSgd(parameters, 0.9, 5e-4);
      for (String weight : blueprint.prunable().keySet()) { // what is zero in the file is a pruned weight
        boolean[] active = nonzero(tensors.get(weight));
        network.activate(weight, active);
        sgd.activate(weight, active);
      }
      tensors.forEach(network::load);
      float[] images = new float[2 * 3 * 32 * 32]; // [N, 3, H, W] in [0, 1]
      long[] labels = {3, 5};
      try (SparsePass pass = network.forward(images, labels.length, Statistics.RUNNING, Gradients.NONE)) {
        System.out.println("loss " + LOSS.mean(pass.logits(), labels));
      }
      step(network, sgd, images, labels);
      parameters.forEach(network::load);
    }
  }

  private static void step(SparseNetwork network, SparseSgd sgd, float[] images, long[] labels) {
    float[] adversarial = new float[images.length];
    ATTACK.perturb(network, Statistics.BATCH, images, labels, new Seed(1), adversarial);
    try (SparsePass pass = network.forward(adversarial, labels.length, Statistics.BATCH, Gradients.PARAMETERS)) {
      float[] gradient = new float[pass.logits().length];
      LOSS.gradient(pass.logits(), labels, 1.0 / labels.length, gradient);
      pass.backward(gradient, false);
      sgd.step(pass.parameterGradients(), 0.1);
    }
  }

  private static Map<String, float[]> read(Path path, Blueprint blueprint) throws IOException {
    Map<String, float[]> tensors = new LinkedHashMap<>();
    try (SafetensorsFile file = Safetensors.read(path)) {
      for (Map.Entry<String, Shape> tensor : Weights.needed(blueprint).entrySet()) {
        float[] values = new float[(int) tensor.getValue().size()];
        file.get(tensor.getKey()).data().asFloatBuffer().get(values);
        tensors.put(tensor.getKey(), values);
      }
    }
    return tensors;
  }

  private static boolean[] nonzero(float[] weight) {
    boolean[] nonzero = new boolean[weight.length];
    for (int i = 0; i < weight.length; i++) {
      nonzero[i] = weight[i] != 0;
    }
    return nonzero;
  }
}
