package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void alignsTextsToTheLeftAndNumbersToTheRight() {
    TextTable table = new TextTable().left("layer").right("density").left("shape");
    table.row("conv1", 0.5, "64x3x3x3").row("layer1.0.conv1", "0.25", "");
    assertThat(table.toString())
        .isEqualTo(
            """
            layer           density  shape
            conv1               0.5  64x3x3x3
            layer1.0.conv1     0.25
            """);
  }

  @Test
  void countsCharactersBeyondTheBasicPlaneOnce() {
    assertThat(new TextTable().left("a").left("b").row("\uD83D\uDC26", "c").toString()).isEqualTo("a  b\n\uD83D\uDC26  c\n");
  }

  @Test
  void aRowMustFit() {
    TextTable table = new TextTable().left("a");
    assertThatThrownBy(() -> table.row(1, 2)).hasMessage("cells: expected 1, got 2");
  }
}
