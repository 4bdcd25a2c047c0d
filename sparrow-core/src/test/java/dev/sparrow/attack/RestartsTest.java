package dev.sparrow.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.LinearClassifier;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Restarts and targets on a network that takes the brightest channel for the class. */
class RestartsTest {

  private static final ThreatModel THREAT = new ThreatModel(Norm.LINF, new Epsilon(0.25));

  private TensorScope scope;
  private LinearClassifier model;
  private Rng rng;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
    model = new LinearClassifier(1, new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, new float[3]);
    rng = new Rng(new Seed(1));
  }

  @AfterEach
  void close() {
    rng.close();
    model.close();
    scope.close();
  }

  @Test
  void onlyWhatStandsIsAttackedAgainAndTheLargestMarginCounts() {
    // raises the second channel by what is in the list, one number per attempt
    Dimmer dimmer = new Dimmer(0.2, 0.1);
    Tensor images = Tensors.ofFloats(new float[] {0.5f, 0.4f, 0, 0.75f, 0.25f, 0}, 2, 3, 1, 1);
    Tensor adversarial = new Restarts(dimmer, 2).perturb(model, images, labels(0, 0), rng);
    assertThat(dimmer.batches).containsExactly(2L, 1L);
    assertThat(Tensors.toFloats(adversarial)).containsExactly(new float[] {0.5f, 0.6f, 0, 0.75f, 0.45f, 0}, within(1e-6f));
  }

  @Test
  void nothingIsAttackedOnceAllHaveFallen() {
    Dimmer dimmer = new Dimmer(0.2, 0.2, 0.2);
    new Restarts(dimmer, 3).perturb(model, Tensors.ofFloats(new float[] {0.5f, 0.4f, 0}, 1, 3, 1, 1), labels(0), rng);
    assertThat(dimmer.batches).containsExactly(1L);
  }

  @Test
  void attemptsDifferInTheirRandomNumbers() {
    Dimmer dimmer = new Dimmer(0, 0, 0);
    new Restarts(dimmer, 3).perturb(model, Tensors.ofFloats(new float[] {0.5f, 0.4f, 0}, 1, 3, 1, 1), labels(0), rng);
    assertThat(dimmer.seeds).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void ofAnImageTheOthersInItsBatchPlayNoPart() {
    Attack attack = new Restarts(new Pgd(THREAT, new Epsilon(0.1), 1, true, CrossEntropy.INSTANCE), 3);
    float[] falls = {0.5f, 0.4f, 0};
    float[] stands = {0.9f, 0.1f, 0};
    Tensor both = Tensors.ofFloats(new float[] {falls[0], falls[1], falls[2], stands[0], stands[1], stands[2]}, 2, 3, 1, 1);
    try (Rng rows = Rng.perRow(new Seed(3), 7, 8);
        Rng row = Rng.perRow(new Seed(3), 8)) {
      Tensor together = attack.perturb(model, both, labels(0, 0), rows).narrow(0, 1, 1);
      Tensor alone = attack.perturb(model, Tensors.ofFloats(stands, 1, 3, 1, 1), labels(0), row);
      assertThat(Tensors.toFloats(together)).containsExactly(Tensors.toFloats(alone));
    }
  }

  @Test
  void targetedPgdGoesTowardsTheNextClassesInTurn() {
    // the third channel starts closer to 0.25 below its limit: only the second target, of rank 3, can win
    LinearClassifier deaf = new LinearClassifier(1, new float[][] {{1, 0, 0}, {0, 0, 0}, {0, 0, 1}}, new float[] {0, 0.4f, 0});
    Pgd pgd = new Pgd(THREAT, new Epsilon(0.25), 1, false, CrossEntropy.INSTANCE);
    Tensor images = Tensors.ofFloats(new float[] {0.7f, 0.5f, 0.3f}, 1, 3, 1, 1);
    try (deaf) {
      // towards class 1 the first channel falls to 0.45, the third to 0.05: 0.45 beats 0.4. Towards class 2: 0.45 against 0.55
      assertThat(Tensors.toFloats(new TargetedPgd(pgd, 1).perturb(deaf, images, labels(0), rng)))
          .containsExactly(new float[] {0.45f, 0.5f, 0.05f}, within(1e-6f));
      assertThat(Tensors.toFloats(new TargetedPgd(pgd, 9).perturb(deaf, images, labels(0), rng)))
          .containsExactly(new float[] {0.45f, 0.5f, 0.55f}, within(1e-6f));
    }
  }

  @Test
  void namesAndRefusals() {
    Pgd pgd = new Pgd(THREAT, new Epsilon(0.1), 20, true, CrossEntropy.INSTANCE);
    assertThat(new Restarts(pgd, 5).name()).isEqualTo("pgd-20x5");
    assertThat(new TargetedPgd(pgd, 9).name()).isEqualTo("pgd-20-t9");
    assertThat(new TargetedPgd(pgd, 9).classesNeeded()).isEqualTo(10);
    assertThatThrownBy(() -> new Restarts(pgd, 0))
        .isInstanceOf(BadInput.class)
        .hasMessage("restarts: expected a whole number of at least 1, got 0");
    assertThatThrownBy(() -> new TargetedPgd(pgd, 0))
        .isInstanceOf(BadInput.class)
        .hasMessage("target classes: expected a whole number of at least 1, got 0");
  }

  private static Tensor labels(long... labels) {
    return Tensors.ofLongs(labels, labels.length);
  }

  /** Raises the second channel; notes the size of each batch and the seed of its numbers. */
  private static final class Dimmer implements Attack {

    private final double[] amounts;
    private final List<Long> batches = new ArrayList<>();
    private final List<Seed> seeds = new ArrayList<>();

    Dimmer(double... amounts) {
      this.amounts = amounts;
    }

    @Override
    public String name() {
      return "dimmer";
    }

    @Override
    public ThreatModel threatModel() {
      return THREAT;
    }

    @Override
    public Tensor perturb(Classifier classifier, Tensor images, Tensor labels, Rng stream) {
      Tensor adversarial = images.clone();
      Tensor second = adversarial.select(1, 1);
      second.copy_(Arithmetic.plus(second, amounts[batches.size()]));
      batches.add(images.size(0));
      seeds.add(stream.seed());
      return adversarial;
    }
  }
}
