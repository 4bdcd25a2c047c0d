package dev.sparrow.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.config.ScorerKind;
import dev.sparrow.data.Batch;
import dev.sparrow.data.Batches;
import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.model.Curvature;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.model.SynapticFlow;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.FormulaNetwork;
import dev.sparrow.testing.Golden;
import dev.sparrow.testing.GoldenImages;
import dev.sparrow.testing.LinearClassifier;
import dev.sparrow.units.Density;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scores against closed forms and independent, slow computations. */
class ScorerFormulaTest {

  private static final int SIZE = 2;
  private static final int CLASSES = 3;
  private static final int PIXELS = 3 * SIZE * SIZE;

  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void snipIsTheMagnitudeOfWeightTimesMeanGradient() {
    Batches images = new GoldenImages(3, 4, SIZE, CLASSES);
    double[] expected = new double[CLASSES * PIXELS];
    for (int batch = 0; batch < 3; batch++) {
      double[] gradient = gradientOfLinearModel(images.get(batch));
      for (int i = 0; i < expected.length; i++) {
        expected[i] += gradient[i] / 3;
      }
    }
    float[] weight = linearWeights();
    float[] scores = linearScores(ScorerKind.SNIP, images);
    for (int i = 0; i < expected.length; i++) {
      assertThat(scores[i]).isCloseTo((float) Math.abs(expected[i] * weight[i]), within(1e-6f));
    }
  }

  /** Squared before the average, so that it does not rank like SNIP; the batches count with their number of images. */
  @Test
  void taylorIsTheMeanOfSquaredProducts() {
    Batches images = unequal();
    double[] expected = new double[CLASSES * PIXELS];
    float[] weight = linearWeights();
    for (int batch = 0; batch < 2; batch++) {
      double[] gradient = gradientOfLinearModel(images.get(batch));
      for (int i = 0; i < expected.length; i++) {
        expected[i] += Math.pow(gradient[i] * weight[i], 2) * images.get(batch).size() / 5;
      }
    }
    float[] scores = linearScores(ScorerKind.TAYLOR, images);
    for (int i = 0; i < expected.length; i++) {
      assertThat(scores[i]).isCloseTo((float) expected[i], within(1e-6f));
    }
  }

  /** One batch of four images and one of a single one. */
  private static Batches unequal() {
    Batches four = new GoldenImages(2, 4, SIZE, CLASSES);
    Batches one = new GoldenImages(5, 1, SIZE, CLASSES);
    return new Batches() {
      @Override
      public int count() {
        return 2;
      }

      @Override
      public Batch get(int index) {
        return index == 0 ? four.get(0) : one.get(4);
      }
    };
  }

  /** For z = W x + b: the mean over images of (softmax(z) - onehot(y)) x, in double precision and without any tensor. */
  private static double[] gradientOfLinearModel(Batch batch) {
    float[] weight = linearWeights();
    float[] bias = Golden.parameter(1, 1, "bias", CLASSES);
    double[] gradient = new double[CLASSES * PIXELS];
    for (int n = 0; n < batch.size(); n++) {
      double[] exponentials = new double[CLASSES];
      double sum = 0;
      for (int k = 0; k < CLASSES; k++) {
        double logit = bias[k];
        for (int p = 0; p < PIXELS; p++) {
          logit += weight[k * PIXELS + p] * batch.images()[n * PIXELS + p];
        }
        exponentials[k] = Math.exp(logit);
        sum += exponentials[k];
      }
      for (int k = 0; k < CLASSES; k++) {
        double error = exponentials[k] / sum - (batch.labels()[n] == k ? 1 : 0);
        for (int p = 0; p < PIXELS; p++) {
          gradient[k * PIXELS + p] += error * batch.images()[n * PIXELS + p] / batch.size();
        }
      }
    }
    return gradient;
  }

  private static float[] linearWeights() {
    return Golden.parameter(1, 0, "weight", CLASSES, PIXELS);
  }

  private static float[] linearScores(ScorerKind kind, Batches images) {
    try (LinearClassifier model = LinearClassifier.random(SIZE, CLASSES, 1)) {
      return Tensors.toFloats(Scorers.of(kind).scores(Subjects.dense(model, images)).get("weight"));
    }
  }

  /**
   * Without biases R = sum over outputs o and hidden units h of |b_oh| sum over inputs i of |a_hi|, for an image of ones.
   *
   * <p>a = (1, -2, 0; 3, 0, -1), b = (2, -1; 0, 4): the hidden units are 3 and 4, R = 2 * 3 + 1 * 4 + 0 + 4 * 4 = 26; the flow through a_hi
   * is |a_hi| times what leaves h (2 for the first, 5 for the second), that through b_oh is |b_oh| times the hidden unit.
   */
  @Test
  void synflowOfATinyNetwork() {
    try (LibtorchClassifier model = TinyNet.of(new float[] {1, -2, 0, 3, 0, -1}, new float[] {2, -1, 0, 4})) {
      SynapticFlow flow = SynapticFlow.of(model);
      assertThat(flow.total()).isEqualTo(26);
      assertThat(Tensors.toFloats(flow.flows().get(TinyNet.FIRST))).containsExactly(2, 4, 0, 15, 0, 5);
      assertThat(Tensors.toFloats(flow.flows().get(TinyNet.SECOND))).containsExactly(6, 4, 0, 16);
      NamedTensors shares = Scorers.of(ScorerKind.SYNFLOW).scores(Subjects.dense(model, Batches.NONE));
      assertThat(Tensors.toFloats(shares.get(TinyNet.SECOND))).containsExactly(6 / 26f, 4 / 26f, 0, 16 / 26f);
    }
  }

  /** The conservation law (Tanaka et al., theorem 1): what enters a layer leaves it. */
  @Test
  void everyLayerOfAChainCarriesTheWholeFlow() {
    try (LibtorchClassifier model = FormulaNetwork.of(FlatNet.blueprint(), 5)) {
      NamedTensors shares = Scorers.of(ScorerKind.SYNFLOW).scores(Subjects.dense(model, Batches.NONE));
      shares.forEach((name, tensor) -> assertThat(Tensors.item(tensor.sum())).as(name).isCloseTo(1, within(1e-6)));
    }
  }

  @Test
  void flowsBeyondFloat32HaveFiniteScores() {
    Blueprint deep = Blueprints.create(new NetworkConfig(Arch.RESNET152, 4, 10, 1), CLASSES, 32, Density.DENSE);
    try (LibtorchClassifier model = FormulaNetwork.of(deep, 5)) {
      assertThat(SynapticFlow.of(model).total()).isGreaterThan(Float.MAX_VALUE).isFinite();
      NamedTensors shares = Scorers.of(ScorerKind.SYNFLOW).scores(Subjects.dense(model, Batches.NONE));
      shares.forEach((name, tensor) -> assertThat(tensor.isfinite().all().item_bool()).as(name).isTrue());
      assertThat(Tensors.item(shares.get("conv1.weight").sum())).isPositive().isLessThan(1.001);
    }
  }

  /**
   * GraSP's sign: shrinking a weight by the fraction t changes the squared length of the gradient by -2 t w (H g). So where the score is
   * largest the gradient flow falls most, and such a weight is kept. (Without rectifiers, since finite differences fall over their kinks.)
   */
  @Test
  void graspPredictsWhatAWeightIsWorthToTheGradientFlow() {
    double fraction = 0.02;
    Batches images = new GoldenImages(1, 16, FlatNet.IMAGE_SIZE, FlatNet.CLASSES);
    try (LibtorchClassifier model = FormulaNetwork.of(FlatNet.withoutRectifiers(), 2)) {
      Tensor scores = Scorers.of(ScorerKind.GRASP).scores(Subjects.dense(model, images)).get("conv1.weight").flatten(0, -1);
      Tensor weights = model.parameters().get("conv1.weight").view(-1);
      double before = squaredGradient(model, images.get(0));
      for (long index : new long[] {scores.argmax().item_long(), scores.argmin().item_long()}) {
        double score = Tensors.item(scores.get(index));
        Tensor weight = weights.narrow(0, index, 1);
        Tensor original = weight.clone();
        weight.mul_(new Scalar(1 - fraction));
        double after = squaredGradient(model, images.get(0));
        weight.copy_(original);
        assertThat((after - before) / (-2 * fraction)).isCloseTo(score, within(0.05 * Math.abs(score)));
      }
      assertThat(Tensors.item(scores.max())).isPositive();
      assertThat(Tensors.item(scores.min())).isNegative();
    }
  }

  private static double squaredGradient(LibtorchClassifier model, Batch batch) {
    DeviceBatch on = DeviceBatch.of(batch.images(), batch.labels(), batch.imageSize(), DeviceSpec.CPU);
    NamedTensors gradient =
        new Curvature(model)
            .gradient(on.images(), logits -> CrossEntropy.INSTANCE.perImage(logits.div(new Scalar(200)), on.labels()), Set.copyOf(model.prunableParameters()));
    return gradient.asMap().values().stream().mapToDouble(tensor -> Tensors.item(tensor.square().sum())).sum();
  }
}
