package dev.sparrow.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import dev.sparrow.attack.Attack;
import dev.sparrow.attack.AttackFailure;
import dev.sparrow.attack.Pgd;
import dev.sparrow.attack.Search;
import dev.sparrow.attack.ThreatModel;
import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.ArrayBatches;
import dev.sparrow.testing.Golden;
import dev.sparrow.testing.LinearClassifier;
import dev.sparrow.testing.NoiseSearch;
import dev.sparrow.testing.WatchedClassifier;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CascadeTest {

  private static final int SIZE = 4;
  private static final int PIXELS = 3 * SIZE * SIZE;
  private static final int CLASSES = 5;
  private static final int IMAGES = 60;
  private static final int BATCH = 8;
  private static final Seed SEED = new Seed(11);
  private static final ThreatModel BALL = new ThreatModel(Norm.LINF, Epsilon.levels(12));
  private static final Search NOISE = new NoiseSearch("noise", BALL, 3, true, false);
  private static final Search MORE_NOISE = new NoiseSearch("more-noise", BALL, 5, true, false);
  private static final Attack PGD = new Pgd(new ThreatModel(Norm.LINF, Epsilon.levels(2)), Epsilon.levels(1), 2, true, CrossEntropy.INSTANCE);
  private static final List<Attack> ATTACKS = List.of(NOISE, PGD, MORE_NOISE);

  private final LinearClassifier model = LinearClassifier.random(SIZE, CLASSES, 3);
  private final float[] images = Golden.images(4, IMAGES, SIZE);
  private final long[] labels = labels();
  private final ArrayBatches batches = new ArrayBatches(SIZE, images, labels, 7);

  @AfterEach
  void release() {
    model.close();
  }

  /** What the network says, save for every ninth image. */
  private long[] labels() {
    try (TensorScope scope = TensorScope.open()) {
      long[] predictions = predictions(Tensors.ofFloats(images, IMAGES, 3, SIZE, SIZE));
      for (int i = 0; i < IMAGES; i += 9) {
        predictions[i] = (predictions[i] + 1) % CLASSES;
      }
      return predictions;
    }
  }

  private long[] predictions(Tensor images) {
    try (Pass pass = model.forward(images, Recording.NONE)) {
      return Tensors.toLongs(Arithmetic.argmax(pass.logits()));
    }
  }

  private static CascadeSetting setting(Classifier model, int batchSize) {
    return new CascadeSetting(model, DeviceSpec.CPU, Precision.FP32, batchSize, SEED, false);
  }

  private CascadeResult run(List<Attack> attacks, int batchSize) {
    return new Cascade(setting(model, batchSize), CascadeStore.none(), CascadeListener.SILENT).run(batches, attacks);
  }

  /** One image at a time, one attack after another, until one breaks it: 0, the number of the attack, or one more than there are. */
  private long[] oneByOne(List<Attack> attacks) {
    long[] stages = new long[IMAGES];
    for (int id = 0; id < IMAGES; id++) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor image = Tensors.ofFloats(Arrays.copyOfRange(images, id * PIXELS, (id + 1) * PIXELS), 1, 3, SIZE, SIZE);
        Tensor label = Tensors.ofLongs(new long[] {labels[id]}, 1);
        if (predictions(image)[0] == labels[id]) {
          stages[id]++;
          while (stages[id] <= attacks.size() && !breaks(attacks.get((int) stages[id] - 1), id, image, label)) {
            stages[id]++;
          }
        }
      }
    }
    return stages;
  }

  private boolean breaks(Attack attack, int id, Tensor image, Tensor label) {
    Seed seed = SEED.derive("evaluation." + attack.name());
    if (!(attack instanceof Search search)) {
      return predictions(attack.perturb(model, image, label, new Rng(seed.derive("row", id))))[0] != labels[id];
    }
    try (TensorTable table = Search.table(new long[] {id}, image, label)) {
      search.begin(model, table, seed);
      while (!Tensors.toBooleans(table.get(Search.DONE))[0]) {
        search.advance(model, table, seed);
      }
      return predictions(table.get(Search.ADVERSARIAL))[0] != labels[id];
    }
  }

  @Test
  void findsWhatEachImageAloneWouldSuffer() {
    long[] expected = oneByOne(ATTACKS);
    assertThat(Arrays.stream(expected).distinct().sorted().toArray()).as("every fate occurs").containsExactly(0, 1, 2, 3, 4);
    for (int batchSize : new int[] {1, BATCH, IMAGES + 1}) {
      CascadeResult result = run(ATTACKS, batchSize);
      assertThat(result.outcomes().stages()).containsExactly(expected);
    }
  }

  @Test
  void countsWhatHappened() {
    CascadeResult result = run(ATTACKS, BATCH);
    Outcomes outcomes = result.outcomes();
    assertThat(result.cleanAccuracy()).isEqualTo((IMAGES - 7) / (double) IMAGES);
    assertThat(result.robustAccuracy()).isEqualTo(Arrays.stream(outcomes.stages()).filter(stage -> stage == 4).count() / (double) IMAGES);
    for (int i = 0; i < 3; i++) {
      int number = i + 1;
      AttackReport report = result.attacks().get(i);
      assertThat(report.name()).isEqualTo(ATTACKS.get(i).name());
      assertThat(report.attacked()).isEqualTo((int) Arrays.stream(outcomes.stages()).filter(stage -> stage >= number).count());
      assertThat(report.broken()).isEqualTo((int) Arrays.stream(outcomes.stages()).filter(stage -> stage == number).count());
      assertThat(report.unverified()).isZero();
      assertThat(report.robustAccuracy()).isEqualTo(outcomes.standing(number) / (double) IMAGES);
      assertThat(report.seconds()).isPositive();
      double eps = ATTACKS.get(i).threatModel().eps().value();
      assertThat(report.maxPerturbation()).isGreaterThan(eps / 2).isLessThanOrEqualTo(eps + 1e-6);
    }
    AttackReport pgd = result.attacks().get(1);
    assertThat(pgd.forwards()).isEqualTo(2L * pgd.attacked());
    assertThat(pgd.gradients()).isEqualTo(2L * pgd.attacked());
    assertThat(result.attacks().get(0).gradients()).isZero();
    assertThat(result.findings()).isEmpty();
  }

  @Test
  void aSearchKeepsItsBatchesFullToTheEnd() {
    List<Long> sizes = new ArrayList<>();
    Classifier counting =
        new WatchedClassifier(model) {
          @Override
          public Pass forward(Tensor images, Recording recording) {
            if (recording == Recording.INPUT) {
              sizes.add(images.size(0));
            }
            return super.forward(images, recording);
          }
        };
    Search search = new NoiseSearch("noise", new ThreatModel(Norm.LINF, Epsilon.levels(4)), 6, false, false);
    CascadeResult result = new Cascade(setting(counting, BATCH), CascadeStore.none(), CascadeListener.SILENT).run(batches, List.of(search));
    AttackReport report = result.attacks().get(0);
    assertThat(report.forwards()).isEqualTo(sizes.stream().mapToLong(Long::longValue).sum());
    assertThat(sizes.get(0)).isEqualTo(BATCH);
    // An image has at most 9 iterations, so once all have joined no more than 9 batches follow.
    assertThat(sizes.subList(0, sizes.size() - 9)).allMatch(size -> size > BATCH - BATCH / 4);
    assertThat(sizes.size()).isLessThan((int) Math.ceil(report.forwards() / (BATCH * 0.75)) + 9);
  }

  @Test
  void goesOnExactlyWhereItWasInterrupted(@TempDir Path folder) {
    CascadeResult whole = run(ATTACKS, BATCH);
    for (int every : new int[] {1, 2, 5}) {
      Path state = folder.resolve("state" + every);
      CascadeResult result = interruptedEvery(every, state);
      assertThat(result.outcomes().stages()).containsExactly(whole.outcomes().stages());
      for (int i = 0; i < 3; i++) {
        assertThat(withoutTime(result.attacks().get(i))).isEqualTo(withoutTime(whole.attacks().get(i)));
      }
      assertThat(result.findings()).isEqualTo(whole.findings());
      assertThat(state).doesNotExist();
    }
  }

  private CascadeResult interruptedEvery(int steps, Path state) {
    for (int runs = 0; runs < 1000; runs++) {
      try {
        return new Cascade(setting(model, BATCH), CascadeStore.in(state), stopAfter(steps)).run(batches, ATTACKS);
      } catch (EvaluationInterrupted stopped) {
        assertThat(state).isDirectory();
      }
    }
    throw new AssertionError("comes to no end");
  }

  /** Stops after some steps of the attacks; the clean classification, which is done anew, does not count. */
  private static CascadeListener stopAfter(int steps) {
    return new CascadeListener() {
      private int seen;

      @Override
      public void progress(String stage, int decided, int total, int standing) {
        seen += stage.equals("clean") ? 0 : 1;
      }

      @Override
      public boolean stopRequested() {
        return seen >= steps;
      }
    };
  }

  private static AttackReport withoutTime(AttackReport report) {
    return new AttackReport(
        report.name(),
        report.attacked(),
        report.broken(),
        report.unverified(),
        report.robustAccuracy(),
        report.maxPerturbation(),
        0,
        report.forwards(),
        report.gradients());
  }

  @Test
  void stateOfSomethingElseIsRefused(@TempDir Path folder) {
    CascadeStore store = CascadeStore.in(folder.resolve("state"));
    assertThatThrownBy(() -> new Cascade(setting(model, BATCH), store, stopAfter(1)).run(batches, ATTACKS)).isInstanceOf(EvaluationInterrupted.class);
    CascadeSetting otherSeed = new CascadeSetting(model, DeviceSpec.CPU, Precision.FP32, BATCH, new Seed(12), false);
    refused(otherSeed, store, batches, ATTACKS, "seed", folder);
    refused(setting(model, 9), store, batches, List.of(NOISE), "attacks, batch size", folder);
    ArrayBatches others = new ArrayBatches(SIZE, Golden.images(5, IMAGES, SIZE), labels, 7);
    refused(setting(model, BATCH), store, others, ATTACKS, "images", folder);
    Arithmetic.scaleInPlace(model.parameters().get("weight"), 2);
    refused(setting(model, BATCH), store, batches, ATTACKS, "weights", folder);
  }

  private static void refused(
      CascadeSetting setting, CascadeStore store, ArrayBatches images, List<Attack> attacks, String differences, Path folder) {
    assertThatThrownBy(() -> new Cascade(setting, store, CascadeListener.SILENT).run(images, attacks))
        .isInstanceOf(BadInput.class)
        .hasMessage(
            "evaluation state: expected that of the same evaluation, or none (delete it to begin anew), got that of one with other "
                + differences
                + " ("
                + folder.resolve("state")
                + ")");
  }

  @Test
  void damagedStateIsRefused(@TempDir Path folder) throws IOException {
    Path state = folder.resolve("state");
    CascadeStore store = CascadeStore.in(state);
    assertThatThrownBy(() -> new Cascade(setting(model, BATCH), store, stopAfter(2)).run(batches, ATTACKS)).isInstanceOf(EvaluationInterrupted.class);
    Files.write(state.resolve("tensors.safetensors"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> new Cascade(setting(model, BATCH), store, CascadeListener.SILENT).run(batches, ATTACKS))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("checksum of tensors.safetensors: expected ");
  }

  @Test
  void claimsThatDoNotHoldAreNotCounted() {
    Search liar = new NoiseSearch("liar", new ThreatModel(Norm.LINF, Epsilon.levels(0)), 2, true, true);
    CascadeResult result = run(List.of(liar), BATCH);
    assertThat(result.robustAccuracy()).isEqualTo(result.cleanAccuracy());
    assertThat(result.attacks().get(0).unverified()).isEqualTo(IMAGES - 7);
    assertThat(result.findings()).containsExactly(new Finding(Flag.UNVERIFIED_CLAIMS, "liar gave 53 images for broken that were not"));
  }

  @Test
  void perturbationsBeyondTheThreatModelAreNotCounted() {
    Search strong = new NoiseSearch("strong", new ThreatModel(Norm.LINF, Epsilon.levels(60)), 4, true, false);
    Search tooFar =
        new Search() {
          @Override
          public String name() {
            return "too-far";
          }

          @Override
          public ThreatModel threatModel() {
            return new ThreatModel(Norm.LINF, Epsilon.levels(1));
          }

          @Override
          public void begin(Classifier model, TensorTable table, Seed seed) {
            strong.begin(model, table, seed);
          }

          @Override
          public void advance(Classifier model, TensorTable table, Seed seed) {
            strong.advance(model, table, seed);
          }
        };
    AttackReport honest = run(List.of(strong), BATCH).attacks().get(0);
    assertThat(honest.broken()).isPositive();
    AttackReport cheating = run(List.of(tooFar), BATCH).attacks().get(0);
    assertThat(cheating.broken()).isZero();
    assertThat(cheating.unverified()).isPositive();
    assertThat(cheating.maxPerturbation()).isZero();
  }

  @Test
  void numbersThatAreNotFiniteAreNoRobustness() {
    Arithmetic.fillInPlace(model.parameters().get("bias").select(0, 2), Double.NaN);
    assertThatThrownBy(() -> run(ATTACKS, BATCH))
        .isInstanceOf(BadInput.class)
        .hasMessage("logits: expected finite numbers, got NaN or infinity (evaluation of clean images)");
  }

  @Test
  void aSearchThatMeetsNaNIsStopped() {
    Classifier nanOnPerturbed =
        new WatchedClassifier(model) {
          @Override
          public Pass forward(Tensor images, Recording recording) {
            Pass pass = super.forward(images, recording);
            if (recording == Recording.INPUT) {
              Arithmetic.fillInPlace(pass.logits(), Double.NaN);
            }
            return pass;
          }
        };
    Search search = new NoiseSearch("noise", BALL, 3, false, false);
    assertThatThrownBy(() -> new Cascade(setting(nanOnPerturbed, BATCH), CascadeStore.none(), CascadeListener.SILENT).run(batches, List.of(search)))
        .isInstanceOf(AttackFailure.class)
        .hasMessage("logits or gradients: expected finite numbers, got NaN or infinity (attack noise)");
  }

  @Test
  void attacksNeedDifferentNames() {
    assertThatThrownBy(() -> run(List.of(PGD, PGD), BATCH)).isInstanceOf(BadInput.class).hasMessage("--attack: expected attacks with different names, got 'pgd-2' twice");
  }

  @Test
  void withoutAttacksItIsTheCleanAccuracy() {
    CascadeResult result = run(List.of(), BATCH);
    assertThat(result.robustAccuracy()).isEqualTo(result.cleanAccuracy()).isCloseTo(53.0 / 60, within(1e-12));
    assertThat(result.maxPerturbation()).isZero();
  }
}
