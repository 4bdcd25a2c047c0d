package example;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Statistics;
import dev.sparrow.arch.Weights;
import dev.sparrow.checkpoint.WeightsFile;
import dev.sparrow.kernel.EngineSettings;
import dev.sparrow.kernel.Gradients;
import dev.sparrow.kernel.KernelChoice;
import dev.sparrow.kernel.LinfPgd;
import dev.sparrow.kernel.SoftmaxCrossEntropy;
import dev.sparrow.kernel.SparseNetwork;
import dev.sparrow.kernel.SparsePass;
import dev.sparrow.kernel.SparseSgd;
import dev.sparrow.kernel.Standardization;
import dev.sparrow.kernel.WordFormat;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** From an exported file of sparse weights to the loss, and a step of adversarial training, without libtorch. */
public final class ArrayTraining {

  private static final LinfPgd ATTACK = new LinfPgd(Epsilon.levels(8), Epsilon.levels(2), 10, true);
  private static final SoftmaxCrossEntropy LOSS = new SoftmaxCrossEntropy(10);

  private ArrayTraining() {}

  public static void main(String[] args) throws IOException {
    try (WeightsFile file = WeightsFile.open(Path.of(args[0]))) {
      Weights weights = file.read();
      EngineSettings settings = new EngineSettings(WordFormat.BF16, 0, KernelChoice.AUTO);
      try (SparseNetwork network =
          new SparseNetwork(file.blueprint(), Standardization.of(file.info().normalization()), settings)) {
        System.out.println(network.description());
        train(network, weights);
      }
    }
  }

  private static void train(SparseNetwork network, Weights weights) {
    Blueprint blueprint = network.blueprint();
    Map<String, float[]> parameters = new LinkedHashMap<>(weights.values());
    parameters.keySet().retainAll(blueprint.parameters().keySet()); // without running statistics
    SparseSgd sgd = new SparseSgd(parameters, 0.9, 5e-4);
    for (String weight : blueprint.prunable().keySet()) { // what is zero in the file is inactive
      network.activate(weight, weights.active(weight));
      sgd.activate(weight, weights.active(weight));
    }
    weights.values().forEach(network::load);
    float[] images = new float[2 * 3 * 32 * 32]; // [N, 3, H, W] in [0, 1]
    long[] labels = {3, 5};
    try (SparsePass pass = network.forward(images, labels.length, Statistics.RUNNING, Gradients.NONE)) {
      System.out.println("loss " + LOSS.mean(pass.logits(), labels));
    }
    float[] adversarial = new float[images.length];
    ATTACK.perturb(network, Statistics.BATCH, images, labels, new Seed(1), adversarial);
    try (SparsePass pass = network.forward(adversarial, labels.length, Statistics.BATCH, Gradients.PARAMETERS)) {
      float[] gradient = new float[pass.logits().length];
      LOSS.gradient(pass.logits(), labels, 1.0 / labels.length, gradient);
      pass.backward(gradient, false);
      sgd.step(pass.parameterGradients(), 0.1); // at inactive weights the gradient is zero and nothing is trained
    }
    parameters.forEach(network::load);
  }
}
