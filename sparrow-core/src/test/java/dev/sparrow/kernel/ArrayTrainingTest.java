package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.BlueprintBuilder;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.arch.RandomWeights;
import dev.sparrow.arch.Statistics;
import dev.sparrow.arch.Weights;
import dev.sparrow.attack.Attack;
import dev.sparrow.attack.Pgd;
import dev.sparrow.attack.ThreatModel;
import dev.sparrow.checkpoint.ModelCard;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.config.OptimizerConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.engine.SparseClassifier;
import dev.sparrow.io.DType;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.TensorData;
import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.train.Sgd;
import dev.sparrow.units.Density;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import example.ArrayTraining;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adversarial training on arrays: what PGD finds, what steps change, and that none of it needs libtorch. */
final class ArrayTrainingTest {

  private static final int IMAGES = 3;
  private static final long[] LABELS = {4, 0, 9};
  private static final EngineSettings SETTINGS = new EngineSettings(WordFormat.FP32, 1, KernelChoice.AUTO);

  /** The mean of each channel through one linear layer: the worst image has every channel moved against the label. */
  @Test
  void pgdReachesTheCornerOfTheBallOfALinearModel() {
    BlueprintBuilder net = new BlueprintBuilder("linear", 32);
    net.linear("linear", net.globalAvgPool(net.image()), 2);
    float[] weight = {1, -2, 0.5f, 0.5f, 3, 0.5f};
    float[] images = images(2, 1);
    float[] adversarial = new float[images.length];
    try (SparseNetwork network = new SparseNetwork(net.build(), Standardization.none(3), SETTINGS)) {
      network.load("linear.weight", weight);
      network.load("linear.bias", new float[2]);
      for (boolean randomStart : new boolean[] {false, true}) {
        LinfPgd pgd = new LinfPgd(Epsilon.levels(8), Epsilon.levels(4), 4, randomStart);
        pgd.perturb(network, Statistics.RUNNING, images, new long[] {0, 1}, new Seed(2), adversarial);
        for (int i = 0; i < images.length; i++) {
          int image = i / (3 * 32 * 32);
          int channel = i / (32 * 32) % 3;
          double direction = Math.signum(weight[3 + channel] - weight[channel]) * (image == 0 ? 1 : -1);
          double expected = Math.min(1, Math.max(0, images[i] + direction * 8 / 255));
          boolean free = direction == 0 && randomStart; // a channel without influence stays where it started
          assertThat((double) adversarial[i]).isCloseTo(free ? images[i] : expected, within(free ? 8 / 255.0 + 1e-6 : 1e-6));
        }
      }
    }
  }

  @Test
  void trainsAsTheLibraryDoesOnTensors() {
    Blueprint blueprint = Blueprints.create(new NetworkConfig(Arch.RESNET18, 2, 10, 1), 10, 32, Density.DENSE);
    Weights weights = sparse(blueprint);
    Map<String, float[]> onTensors = trainOnTensors(weights);
    Map<String, float[]> onArrays = trainOnArrays(weights);
    assertThat(onArrays.keySet()).isEqualTo(onTensors.keySet());
    onArrays.forEach((name, values) -> assertThat(values).as(name).containsExactly(onTensors.get(name), within(1e-5f)));
    assertThat(onArrays.get("conv1.weight")).isNotEqualTo(weights.get("conv1.weight"));
  }

  private static Weights sparse(Blueprint blueprint) {
    Map<String, Density> densities = new HashMap<>();
    blueprint.prunable().keySet().forEach(name -> densities.put(name, new Density(0.3)));
    return RandomWeights.draw(blueprint, densities, new Seed(5));
  }

  private static Map<String, float[]> trainOnArrays(Weights weights) {
    Map<String, float[]> parameters = new LinkedHashMap<>();
    weights.blueprint().parameters().keySet().forEach(name -> parameters.put(name, weights.get(name).clone()));
    SparseSgd sgd = new SparseSgd(parameters, 0.9, 5e-4);
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(10);
    LinfPgd pgd = new LinfPgd(Epsilon.levels(8), Epsilon.levels(2), 3, false);
    float[] adversarial = new float[IMAGES * 3 * 32 * 32];
    try (SparseNetwork network = new SparseNetwork(weights.blueprint(), Standardization.of(Normalization.CIFAR10), SETTINGS)) {
      masks(weights).forEach((name, mask) -> {
        network.activate(name, mask);
        sgd.activate(name, mask);
      });
      weights.values().forEach(network::load);
      for (int step = 0; step < 3; step++) {
        pgd.perturb(network, Statistics.BATCH, images(IMAGES, step), LABELS, new Seed(step), adversarial);
        try (SparsePass pass = network.forward(adversarial, IMAGES, Statistics.BATCH, Gradients.PARAMETERS)) {
          float[] gradient = new float[pass.logits().length];
          loss.gradient(pass.logits(), LABELS, 1.0 / IMAGES, gradient);
          pass.backward(gradient, false);
          sgd.step(pass.parameterGradients(), 0.01);
        }
        parameters.forEach(network::load);
      }
    }
    return parameters;
  }

  private static Map<String, float[]> trainOnTensors(Weights weights) {
    Attack pgd = new Pgd(new ThreatModel(Norm.LINF, Epsilon.levels(8)), Epsilon.levels(2), 3, false, CrossEntropy.INSTANCE);
    Network network = new Network(weights.blueprint(), new Seed(1), DeviceSpec.CPU);
    network.load(weights);
    try (TensorScope scope = TensorScope.open();
        SparseClassifier model = new SparseClassifier(network, Normalization.CIFAR10, SETTINGS);
        ModeGuard guard = model.in(Mode.TRAIN);
        Sgd sgd = new Sgd(model.parameters(), OptimizerConfig.DEFAULT)) {
      Map<String, Tensor> masks = new LinkedHashMap<>();
      masks(weights).forEach((name, mask) -> masks.put(name, Tensors.ofBooleans(mask, Tensors.shape(model.parameters().get(name)))));
      model.restrictTo(new NamedTensors(masks));
      Tensor labels = Tensors.ofLongs(LABELS, IMAGES);
      for (int step = 0; step < 3; step++) {
        Tensor images = Tensors.ofFloats(images(IMAGES, step), IMAGES, 3, 32, 32);
        Tensor adversarial = pgd.perturb(model, images, labels, new Rng(new Seed(step)));
        try (Pass pass = model.forward(adversarial, Recording.ACTIVE_PARAMETERS)) {
          Tensor gradient = CrossEntropy.INSTANCE.gradient(pass.logits(), labels);
          Arithmetic.scaleInPlace(gradient, 1.0 / IMAGES);
          sgd.step(pass.parameterGradients(gradient), 0.01);
        }
      }
      Map<String, float[]> trained = new LinkedHashMap<>();
      model.parameters().forEach((name, parameter) -> trained.put(name, Tensors.toFloats(parameter)));
      return trained;
    }
  }

  private static Map<String, boolean[]> masks(Weights weights) {
    Map<String, boolean[]> masks = new LinkedHashMap<>();
    weights.blueprint().prunable().keySet().forEach(name -> masks.put(name, weights.active(name)));
    return masks;
  }

  private static float[] images(int count, long seed) {
    Random random = new Random(seed);
    float[] images = new float[count * 3 * 32 * 32];
    for (int i = 0; i < images.length; i++) {
      images[i] = random.nextFloat();
    }
    return images;
  }

  @Test
  void theExampleRunsWithoutLibtorch(@TempDir Path folder) throws Exception {
    ModelInfo info = new ModelInfo(new NetworkConfig(Arch.RESNET18, 2, 10, 1), Density.DENSE, 10, 32, Normalization.CIFAR10);
    Weights weights = sparse(info.blueprint());
    ModelCard card = new ModelCard(ModelCard.FORMAT, info, false, weights.nonzeroFraction(), Optional.of("0000"), Optional.empty());
    Path file = folder.resolve("model.safetensors");
    Safetensors.write(file, tensorData(weights), card.toMetadata());
    List<String> jars = Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
    List<String> free = jars.stream().filter(jar -> !jar.contains("bytedeco")).toList();
    assertThat(free).hasSizeLessThan(jars.size());
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process = new ProcessBuilder(java, "--add-modules=jdk.incubator.vector", "-cp", String.join(File.pathSeparator, free),
        ArrayTraining.class.getName(), file.toString()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("kernels").containsPattern("loss \\d+\\.\\d+");
  }

  private static Map<String, TensorData> tensorData(Weights weights) {
    Map<String, TensorData> data = new LinkedHashMap<>();
    weights.blueprint().tensors().forEach((name, shape) -> {
      DType type = shape.rank() == 0 ? DType.I64 : DType.F32;
      ByteBuffer bytes = ByteBuffer.allocate((int) shape.size() * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      if (type == DType.F32) {
        bytes.asFloatBuffer().put(weights.get(name));
      }
      data.put(name, new TensorData(type, shape, bytes));
    });
    return data;
  }

  @Test
  void theDocumentedExampleIsTheOneTested() throws IOException {
    String source = Files.readString(Path.of("src/test/java/example/ArrayTraining.java"));
    String example = source.substring(source.indexOf("import ")).replace("\r", "");
    assertThat(Files.readString(Path.of("../docs/sparse-engine.md")).replace("\r", "")).contains(example);
  }
}
