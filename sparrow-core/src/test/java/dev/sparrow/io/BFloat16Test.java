package dev.sparrow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.units.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BFloat16Test {

  /** What PyTorch 2.13 gives for {@code tensor.to(torch.bfloat16)}, save that a NaN keeps its upper bits. */
  @ParameterizedTest
  @CsvSource({
    "00000000, 0000",
    "80000000, 8000",
    "3f800000, 3f80",
    "3f807fff, 3f80",
    "3f808000, 3f80", // a tie, down to even
    "3f808001, 3f81",
    "3f818000, 3f82", // a tie, up to even
    "bf818000, bf82",
    "3fffffff, 4000",
    "7f7f7fff, 7f7f",
    "7f7fffff, 7f80",
    "ff7fffff, ff80",
    "7f800000, 7f80",
    "00000001, 0000",
    "80000001, 8000",
    "00008001, 0001",
    "7f800001, 7fc0",
    "ffc12345, ffc1"
  })
  void roundsToTheNearest(String bits, String expected) {
    ByteBuffer data = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, Integer.parseUnsignedInt(bits, 16));
    TensorData rounded = BFloat16.rounded(new TensorData(DType.F32, Shape.of(), data));
    assertThat(rounded.dtype()).isEqualTo(DType.BF16);
    assertThat(rounded.data().getShort()).isEqualTo((short) Integer.parseInt(expected, 16));
  }

  @Test
  void roundsNothingElse() {
    TensorData counter = new TensorData(DType.I64, Shape.of(), ByteBuffer.allocate(8));
    assertThatThrownBy(() -> BFloat16.rounded(counter)).isInstanceOf(IllegalArgumentException.class).hasMessage("type: expected F32, got I64");
  }
}
