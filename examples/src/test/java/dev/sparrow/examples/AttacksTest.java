package dev.sparrow.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.data.Datasets;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that attack, on one network that can do something: it was trained without an adversary. */
class AttacksTest {

  private static final int IMAGES = 40;

  @TempDir private static Path folder;
  private static Path run;

  @BeforeAll
  static void train() throws Exception {
    run = folder.resolve("run");
    Object[] args = Small.args(run, "objective=standard", "network.width=8", "epochs=3", "data.limitTrain=600", "optimizer.lr=0.05");
    Output.of(TrainFlyingBirdPlus::main, args);
  }

  @Test
  void autoAttackTakesAccuracyAway() throws Exception {
    Path picture = folder.resolve("grid.png");
    Output output = Output.of(AttackAndEvaluate::main, run, IMAGES, picture);
    double clean = output.number("(.*) % clean");
    double first = output.number("(.*) % after apgd-ce");
    double second = output.number("(.*) % after apgd-t");
    assertThat(List.of(second, first, clean)).isSorted();
    assertThat(clean).isBetween(15.0, 100.0);
    assertThat(first).isLessThan(clean);
    BufferedImage grid = ImageIO.read(picture.toFile());
    assertThat(grid.getWidth()).isGreaterThan(8 * 32);
  }

  @Test
  void ownAttackRunsOnWhatStands() throws Exception {
    Output output = Output.of(MyAttack::main, run, IMAGES);
    double broken = output.number("pgd-20 broke (.*) of .*");
    double attacked = output.number("pgd-20 broke .* of (.*), .*");
    assertThat(broken).isPositive();
    assertThat(output.number("momentum-pgd-20 broke .* of (.*), .*")).isEqualTo(attacked - broken);
    assertThat(output.number("pgd-20 broke .*, (.*) % robust")).isEqualTo(100 * (attacked - broken) / IMAGES);
  }

  @Test
  void predictionsAreThoseThatAccuracyCounts() throws Exception {
    List<String> classes = Datasets.sample().test().classNames();
    int correct = 0;
    for (int i = 0; i < 8; i++) {
      String[] words = Output.of(Predict::main, run, i).lines().get(0).split("[ ,\\[\\]]+");
      assertThat(words).hasSize(11);
      int best = IntStream.range(1, 11).boxed().max(Comparator.comparing(k -> Float.valueOf(words[k]))).orElseThrow();
      correct += classes.get(best - 1).equals(words[0]) ? 1 : 0;
    }
    assertThat(Output.of(AttackAndEvaluate::main, run, 8, folder.resolve("8.png")).number("(.*) % clean")).isEqualTo(100 * correct / 8.0);
  }

  @Test
  void programsWithoutScopesLeaveNothingNativeBehind() throws Exception {
    long before = Pointer.totalCount();
    Output.of(AttackAndEvaluate::main, run, 4, folder.resolve("4.png"));
    Output.of(MyAttack::main, run, 4);
    Output.of(Predict::main, run, 0);
    assertThat(Pointer.totalCount()).isEqualTo(before);
  }
}
