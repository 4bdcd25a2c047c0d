package dev.sparrow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizationTest {

  @Test
  void readsNamesAndNumbers() {
    assertThat(Normalization.parse("cifar10").mean()).containsExactly(.4914, .4822, .4465);
    assertThat(Normalization.parse("cifar100").std()).containsExactly(.2673, .2564, .2762);
    assertThat(Normalization.parse("tinyimagenet").mean()).containsExactly(.4802, .4481, .3975);
    assertThat(Normalization.parse("none")).isEqualTo(new Normalization(List.of(0., 0., 0.), List.of(1., 1., 1.)));
    assertThat(Normalization.parse("0.1, 0.2,.3,1,2,3e-1")).isEqualTo(new Normalization(List.of(.1, .2, .3), List.of(1., 2., .3)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cifar10", "cifar100", "tinyimagenet", "none", "0.1,0.2,0.3,1.0,2.0,0.3"})
  void printsWhatItReads(String text) {
    assertThat(Normalization.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cifar", "1,2,3", "1,2,3,4,5,six", "1,2,3,4,5,6,", ""})
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> Normalization.parse(text)).isInstanceOf(BadInput.class).hasMessage(
        "--normalization: expected one of cifar10, cifar100, tinyimagenet, none or six numbers (mean of red, green, blue, then standard "
            + "deviation above 0), got '" + text + "'");
  }

  @Test
  void refusesDeviationsThatDivideByZero() {
    assertThatThrownBy(() -> Normalization.parse("0,0,0,1,0,1")).isInstanceOf(BadInput.class).hasMessage(
        "--normalization: expected three finite means and three standard deviations above 0, got [0.0, 0.0, 0.0] and [1.0, 0.0, 1.0]");
  }

  @Test
  void measuresASet() {
    // red: 0 and 255 alternate, green: constant 51, blue: 255 in one pixel of four
    byte[] image = {0, -1, 0, -1, 51, 51, 51, 51, -1, 0, 0, 0};
    Normalization own = Normalization.of(ImageSet.of(2, List.of("only"), new byte[][] {image}, new int[1]));
    assertThat(own.mean()).containsExactly(.5, .2, .25);
    assertThat(own.std()).containsExactly(.5, .0039, .433);
  }
}
