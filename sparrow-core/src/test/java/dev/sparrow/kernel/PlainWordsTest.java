package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlainWordsTest {

  /** From the definition: 1 sign bit, 8 bits of exponent, 7 of fraction; ties to the even fraction. */
  @ParameterizedTest
  @CsvSource({
    "0x0p0, 0000", "-0x0p0, 8000", "0x1p0, 3f80", "-0x1.8p1, c040",
    "0x1.01p0, 3f80", "0x1.0102p0, 3f81", "0x1.03p0, 3f82", "0x1.02fffep0, 3f81", "-0x1.01p0, bf80", "-0x1.03p0, bf82",
    "0x1.fep127, 7f7f", "0x1.fefffep127, 7f7f", "0x1.ffp127, 7f80", "-0x1.fffffep127, ff80",
    "0x1p-133, 0001", "0x1p-134, 0000", "0x1.8p-133, 0002", "0x1.fcp-127, 007f", "0x1.ffp-127, 0080",
    "Infinity, 7f80", "-Infinity, ff80", "NaN, 7fc0"
  })
  void roundsToNearestEven(String value, String bits) {
    assertThat(PlainWords.round(Float.parseFloat(value)) >>> 16).isEqualTo(Integer.parseInt(bits, 16));
  }

  @Test
  void noNaNBecomesANumber() {
    for (int bits : new int[] {0x7f800001, 0x7f808000, 0x7fffffff, 0xffffffff, 0xff800001, 0x7fa55a5a}) {
      float rounded = Float.intBitsToFloat(PlainWords.round(Float.intBitsToFloat(bits)));
      assertThat(rounded).as(Integer.toHexString(bits)).isNaN();
    }
  }

  /** No other bf16 is nearer, and the fraction is even where two are equally near. */
  @Test
  void noOtherBf16IsNearer() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Math.abs(value) < 0x1p127f) {
        int rounded = PlainWords.round(value);
        double distance = Math.abs((double) Float.intBitsToFloat(rounded) - value);
        double above = Math.abs((double) Float.intBitsToFloat(rounded + 0x10000) - value);
        double below = (rounded & 0x7fff0000) == 0 ? above : Math.abs((double) Float.intBitsToFloat(rounded - 0x10000) - value);
        boolean tie = distance == above || distance == below;
        assertThat(distance <= above && distance <= below && (!tie || (rounded >>> 16 & 1) == 0)).as("%a", value).isTrue();
      }
    }
  }

  @Test
  void wordIHoldsImageIAndImageIPlusN() {
    PlainWords words = new PlainWords(WordFormat.BF16, 2);
    float[] cell = new float[3];
    words.set(new float[] {1, -1, 3, 3}, cell, 1);
    assertThat(Float.floatToRawIntBits(cell[0])).isZero();
    assertThat(Float.floatToRawIntBits(cell[1])).isEqualTo(0x40403f80); // 3 above 1
    assertThat(Float.floatToRawIntBits(cell[2])).isEqualTo(0x403fbf80); // 3 above -1, whose bits are worth 0.75 of a last place
    assertThat(new float[] {words.get(cell, 1, 0), words.get(cell, 1, 1)}).containsExactly(1, -1);
    assertThat(new float[] {words.get(cell, 1, 2), words.get(cell, 1, 3)}).containsExactly(cell[1], cell[2]);
  }

  /** A last place of the larger of the two, of a float32 that ends in 16 zeros. */
  @Test
  void aWordIsWithinHalfALastPlaceOfItsHighValue() {
    Random random = new Random(6);
    for (int i = 0; i < 20_000; i++) {
      float low = Float.intBitsToFloat(random.nextInt());
      float high = Float.intBitsToFloat(random.nextInt());
      if (Math.abs(high) > 0x1p-98f && Math.abs(high) < 0x1p127f) {
        float word = PlainWords.join(low, high);
        assertThat(Float.floatToRawIntBits(word) << 16).isEqualTo(PlainWords.round(low));
        double half = 0x1p15 * Math.ulp(Math.max(Math.abs(word), Math.abs(high)));
        assertThat(Math.abs((double) word - high)).as("%a above %a", high, low).isLessThanOrEqualTo(half);
      }
    }
  }

  /** Bits are as {@code PlainWords.ZERO} says; no word is a subnormal number. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, d800000", "0, -0.0, 8d800000", "1, 0, d803f80", "-1, 0, d80bf80", "1, 1e-38, d803f80", "-1, -1e-45, 8d80bf80"
  })
  void aZeroInAHighHalfIsReadAsZero(float low, float high, String bits) {
    float word = PlainWords.join(low, high);
    assertThat(Float.floatToRawIntBits(word)).isEqualTo(Integer.parseUnsignedInt(bits, 16));
    assertThat(PlainWords.high(word)).isZero();
    assertThat(PlainWords.low(word)).isEqualTo(low);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN})
  void whatIsNotFiniteIsNotANumberInAHighHalf(float value) {
    for (float low : new float[] {0, 1, -1, Float.NaN, Float.NEGATIVE_INFINITY}) {
      assertThat(PlainWords.high(PlainWords.join(low, value))).isNaN();
    }
  }

  @Test
  void aWordOfFloat32HoldsOneImage() {
    PlainWords words = new PlainWords(WordFormat.FP32, 2);
    float[] cell = new float[3];
    words.set(new float[] {0, 0.1f}, cell, 1);
    assertThat(cell).containsExactly(0, 0, 0.1f);
    assertThat(words.images()).isEqualTo(2);
    assertThat(words.get(cell, 1, 1)).isEqualTo(0.1f);
  }

  @Test
  void absentImagesAreZero() {
    PlainWords words = new PlainWords(WordFormat.BF16, 2);
    float[] cell = new float[2];
    words.set(new float[] {1, 2, 3, 4}, cell, 0);
    words.mask(cell, 0, new float[] {Float.intBitsToFloat(-1), Float.intBitsToFloat(0xffff)});
    assertThat(new float[] {words.get(cell, 0, 0), words.get(cell, 0, 1), words.get(cell, 0, 3)}).containsExactly(1, 2, 0);
    assertThat(words.get(cell, 0, 2)).isEqualTo(PlainWords.join(1, 3));
  }
}
