package dev.sparrow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RiceCodeTest {

  private static RiceReader reader(byte[] mask, int parameter) {
    return new RiceReader(ByteBuffer.wrap(Arrays.copyOf(mask, mask.length + RiceReader.LOOK_AHEAD)), mask.length, parameter, "here");
  }

  /** 0 1 0 0 1 and the end, from the lowest bit on. */
  @Test
  void withoutRemaindersItIsTheBitMask() {
    assertThat(new RiceCode(0).encode(new int[] {1, 2, 0})).containsExactly(0b110010);
  }

  /** 13 is three zeros, a one, 1 0; 6 is a zero, a one, 0 1. */
  @Test
  void codesByHand() {
    assertThat(new RiceCode(2).encode(new int[] {13, 6})).containsExactly((byte) 0b10011000, 0b10);
    RiceReader reader = reader(new byte[] {(byte) 0b10011000, 0b10}, 2);
    assertThat(reader.next(13)).isEqualTo(13);
    assertThat(reader.next(13)).isEqualTo(6);
    reader.requireEnd();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 20, 30})
  void readsWhatItCoded(int parameter) {
    SplittableRandom random = new SplittableRandom(parameter);
    int[] gaps = random.ints(500, 0, 1 << Math.min(30, parameter + 8)).toArray();
    gaps[7] = parameter < 20 ? 100_000 : Integer.MAX_VALUE - 1;
    RiceReader reader = reader(new RiceCode(parameter).encode(gaps), parameter);
    for (int gap : gaps) {
      assertThat(reader.next(Integer.MAX_VALUE)).isEqualTo(gap);
    }
    reader.requireEnd();
  }

  /** The expected length of a geometric gap's code is 1 + k + q / (1 - q) with q = (1 - density) ^ 2^k. */
  @ParameterizedTest
  @CsvSource({"0.5, 0", "0.2, 2", "0.1, 3", "0.05, 4", "0.01, 6"})
  void findsTheBestParameter(double density, int expected) {
    SplittableRandom random = new SplittableRandom(1);
    int[] gaps = new int[20_000];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = (int) Math.floor(Math.log(1 - random.nextDouble()) / Math.log(1 - density));
    }
    RiceCode code = RiceCode.shortest(gaps, 0);
    assertThat(code.parameter()).isEqualTo(expected);
    double q = Math.pow(1 - density, 1 << expected);
    assertThat(8. * code.bytes(gaps) / gaps.length).isCloseTo(1 + expected + q / (1 - q), within(0.05));
    double entropy = -(density * Math.log(density) + (1 - density) * Math.log(1 - density)) / Math.log(2);
    assertThat(8. * code.bytes(gaps) / gaps.length * density).isLessThan(1.05 * entropy);
  }

  @Test
  void isNoShorterThanAllowed() {
    int[] gaps = {1 << 20, 1 << 20};
    assertThat(RiceCode.shortest(gaps, 0).bytes(gaps)).isEqualTo(6); // 2 x (20 + 2) bits
    long least = 3_000;
    assertThat(RiceCode.shortest(gaps, least).bytes(gaps)).isBetween(least, 2 * least);
  }

  private static void assertRefused(byte[] mask, int parameter, int limit, String message) {
    RiceReader reader = reader(mask, parameter);
    assertThatThrownBy(() -> reader.next(limit)).isInstanceOf(BadInput.class).hasMessage(message);
  }

  @Test
  void refusesDamagedMasks() {
    assertRefused(new byte[] {}, 0, 9, "mask: expected another gap, got its end (here)");
    assertRefused(new byte[] {0, 0}, 0, 99, "mask: expected another gap, got its end (here)");
    assertRefused(new byte[100], 3, 99, "mask: expected another gap, got its end (here)");
    assertRefused(new byte[] {(byte) 0x80}, 3, 99, "mask: expected another gap, got its end (here)");
    assertRefused(new byte[] {0b1000}, 0, 2, "mask: expected a gap of at most 2, got a longer one (here)");
    assertRefused(new byte[] {0b1000, 0, 0, 0, 1}, 30, Integer.MAX_VALUE, "mask: expected a gap of at most 2147483647, got a longer one (here)");
    RiceReader left = reader(new byte[] {0b1001}, 0);
    assertThat(left.next(0)).isZero();
    assertThatThrownBy(left::requireEnd).hasMessage("mask: expected less than a byte of zeros after the last gap, got 7 bits (here)");
    RiceReader whole = reader(new byte[] {1, 0}, 0);
    assertThat(whole.next(0)).isZero();
    assertThatThrownBy(whole::requireEnd).hasMessage("mask: expected less than a byte of zeros after the last gap, got 15 bits (here)");
  }
}
