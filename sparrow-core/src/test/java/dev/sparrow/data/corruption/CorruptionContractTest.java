package dev.sparrow.data.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.data.Batch;
import dev.sparrow.data.Batches;
import dev.sparrow.data.DatasetName;
import dev.sparrow.data.Datasets;
import dev.sparrow.units.Labelled;
import dev.sparrow.units.Seed;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every kind of corruption. */
class CorruptionContractTest {

  private static final Seed SEED = new Seed(5);

  /** These draw no random numbers. */
  private static final Set<CorruptionKind> FIXED =
      EnumSet.of(
          CorruptionKind.DEFOCUS_BLUR,
          CorruptionKind.ZOOM_BLUR,
          CorruptionKind.BRIGHTNESS,
          CorruptionKind.CONTRAST,
          CorruptionKind.PIXELATE,
          CorruptionKind.JPEG_COMPRESSION);

  @Test
  void namesAndOrderAreThoseOfCifar10C() {
    assertThat(Labelled.labels(CorruptionKind.class))
        .isEqualTo(
            "gaussian_noise, shot_noise, impulse_noise, defocus_blur, glass_blur, motion_blur, zoom_blur, snow, frost, fog, brightness, "
                + "contrast, elastic_transform, pixelate, jpeg_compression");
  }

  @ParameterizedTest
  @EnumSource
  void valuesAreBytesOverAnySize(CorruptionKind kind) {
    for (int size : new int[] {1, 2, 5, 31, 32, 33, 47, 48, 64}) {
      Picture image = Pictures.noise(size, size);
      float[] before = image.pixels();
      for (int severity = 1; severity <= 5; severity++) {
        float[] pixels = kind.apply(image, severity, SEED, 0).pixels();
        assertThat(pixels).hasSize(3 * size * size);
        double worst = 0;
        for (float pixel : pixels) {
          double level = Math.max(0, Math.min(255, Math.rint(pixel * 255.0)));
          worst = Math.max(worst, Math.abs(pixel * 255.0 - level));
        }
        assertThat(worst).as("levels off a byte, size %d, severity %d", size, severity).isLessThan(1e-4);
      }
      assertThat(image.pixels()).as("the image itself").isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void dependsOnSeedSeverityAndIndexAlone(CorruptionKind kind) {
    Picture image = Pictures.photographs(1).get(0);
    float[] first = kind.apply(image, 3, SEED, 7).pixels();
    kind.apply(image, 3, SEED, 8);
    assertThat(kind.apply(image, 3, SEED, 7).pixels()).isEqualTo(first);
    assertThat(Arrays.equals(kind.apply(image, 3, SEED, 8).pixels(), first)).as("another image").isEqualTo(FIXED.contains(kind));
    assertThat(Arrays.equals(kind.apply(image, 3, new Seed(6), 7).pixels(), first)).as("another seed").isEqualTo(FIXED.contains(kind));
    assertThat(kind.apply(image, 4, SEED, 7).pixels()).as("another severity").isNotEqualTo(first);
  }

  /** Kinds whose published constants, or whose random directions, make a severity no worse than the one before in this measure. */
  private static final Set<CorruptionKind> UNEVEN =
      EnumSet.of(CorruptionKind.GLASS_BLUR, CorruptionKind.MOTION_BLUR, CorruptionKind.SNOW, CorruptionKind.FROST);

  /** The affine map of elastic transforms is the strongest at severity 1, as published. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ELASTIC_TRANSFORM")
  void distortionGrowsWithSeverity(CorruptionKind kind) {
    double[] distortions = IntStream.rangeClosed(1, 5).mapToDouble(severity -> distortion(kind, severity)).toArray();
    assertThat(distortions[4]).isGreaterThan(distortions[0]);
    if (!UNEVEN.contains(kind)) {
      assertThat(distortions).isSorted();
    }
  }

  private static double distortion(CorruptionKind kind, int severity) {
    List<Picture> photographs = Pictures.photographs(12);
    double sum = 0;
    for (int i = 0; i < photographs.size(); i++) {
      float[] clean = photographs.get(i).pixels();
      float[] corrupted = kind.apply(photographs.get(i), severity, SEED, i).pixels();
      for (int p = 0; p < clean.length; p++) {
        sum += Math.abs(corrupted[p] - clean[p]);
      }
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource
  void otherSeveritiesAreRefused(CorruptionKind kind) {
    Picture image = Pictures.constant(32, 0.5, 0.5, 0.5);
    for (int severity : new int[] {0, 6}) {
      assertThatThrownBy(() -> kind.apply(image, severity, SEED, 0))
          .isInstanceOf(BadInput.class)
          .hasMessage("severity: expected a whole number from 1 to 5, got " + severity);
    }
  }

  @Test
  void batchesDoNotDependOnTheirSize() {
    var test = Datasets.open(DatasetName.CIFAR10_SAMPLE, Optional.empty(), 20, 7).test();
    Batches whole = new CorruptedBatches(Batches.evaluation(test, 7), 7, CorruptionKind.SNOW, 2, SEED);
    Batches parts = new CorruptedBatches(Batches.evaluation(test, 3), 3, CorruptionKind.SNOW, 2, SEED);
    assertThat(parts.count()).isEqualTo(3);
    Batch all = whole.get(0);
    int length = 3 * 32 * 32;
    for (int i = 0; i < 7; i++) {
      Batch part = parts.get(i / 3);
      assertThat(Arrays.copyOfRange(part.images(), i % 3 * length, (i % 3 + 1) * length))
          .isEqualTo(Arrays.copyOfRange(all.images(), i * length, (i + 1) * length));
      assertThat(part.labels()[i % 3]).isEqualTo(test.label(i));
    }
  }

  @Test
  void imagesOfBytesSurviveStorage() {
    Picture all = Pictures.grey(Field.of(16, (y, x) -> (16 * y + x) / 255f));
    assertThat(all.inBytes().pixels()).isEqualTo(all.pixels());
    assertThat(Pictures.constant(1, 0.5, 0.9999, 1).inBytes().pixels()).containsExactly(127 / 255f, 254 / 255f, 1);
  }

  @Test
  void anImageMustBeWhole() {
    assertThatThrownBy(() -> Picture.of(new float[12], 3, 2))
        .isInstanceOf(BadInput.class)
        .hasMessage("image: expected 3x2x2 numbers, got 9 (corruption)");
  }
}
