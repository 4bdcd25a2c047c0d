package dev.sparrow.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The versions are those of the authors' code. */
class AutoAttackTest {

  private static final ThreatModel BALL = new ThreatModel(Norm.L2, new Epsilon(0.5));

  @ParameterizedTest
  @CsvSource({
    "STANDARD, apgd-ce apgd-t fab-t square",
    "PLUS, apgd-ce apgd-dlr fab square apgd-t fab-t",
    "RAND, apgd-ce apgd-dlr",
    "QUICK, apgd-ce apgd-t"
  })
  void runsItsAttacksInOrder(AutoAttack version, String names) {
    assertThat(version.attacks(BALL)).extracting(Attack::name).containsExactly(names.split(" "));
    assertThat(version.attacks(BALL)).extracting(Attack::threatModel).containsOnly(BALL);
  }

  @Test
  void hasTheAuthorsConstants() {
    assertThat(AutoAttack.STANDARD.attacks(BALL))
        .containsExactly(
            new Apgd(BALL, Aim.CROSS_ENTROPY, 100, 1, 1),
            new Apgd(BALL, Aim.towards(9), 100, 1, 1),
            new TargetedFab(BALL, 9, 100, 1),
            new Square(BALL, 5000));
    assertThat(AutoAttack.PLUS.attacks(BALL))
        .contains(new Apgd(BALL, Aim.CROSS_ENTROPY, 100, 5, 1), new Apgd(BALL, Aim.DLR, 100, 5, 1), new Fab(BALL, 100, 5));
    assertThat(AutoAttack.RAND.attacks(BALL))
        .containsExactly(new Apgd(BALL, Aim.CROSS_ENTROPY, 100, 1, 20), new Apgd(BALL, Aim.DLR, 100, 1, 20));
  }

  @Test
  void itsMembersHaveNamesOfTheirOwn() {
    assertThat(AutoAttack.member("apgd-dlr", BALL)).contains(new Apgd(BALL, Aim.DLR, 100, 1, 1));
    assertThat(AutoAttack.member("pgd", BALL)).isEmpty();
  }

  @Test
  void onlySquareSeesNoGradients() {
    assertThat(AutoAttack.PLUS.attacks(BALL).stream().filter(attack -> !attack.usesGradients())).extracting(Attack::name).containsExactly("square");
  }
}
