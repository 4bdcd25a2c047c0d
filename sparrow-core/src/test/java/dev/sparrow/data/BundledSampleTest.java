package dev.sparrow.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BundledSampleTest {

  private static final DataSplits SAMPLE = Datasets.open(DatasetName.CIFAR10_SAMPLE, Optional.empty(), 0, 0);

  @Test
  void everySplitHoldsAsManyOfEveryClass() {
    assertThat(counts(SAMPLE.train())).containsOnly(180);
    assertThat(counts(SAMPLE.validation())).containsOnly(20);
    assertThat(counts(SAMPLE.test())).containsOnly(50);
  }

  @Test
  void describesItself() {
    assertThat(SAMPLE.train().imageSize()).isEqualTo(32);
    assertThat(SAMPLE.train().classNames())
        .containsExactly("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    assertThat(SAMPLE.normalization()).isEqualTo(Normalization.CIFAR10);
    assertThat(SAMPLE.augmentation()).isEqualTo(new Augmentation(4, true, 0));
  }

  @Test
  void classesAreMixed() {
    for (ImageSet set : List.of(SAMPLE.train(), SAMPLE.test())) {
      assertThat(Arrays.stream(counts(set.limit(100))).filter(count -> count == 0).count()).isZero();
    }
  }

  @Test
  void isCutFromTheOfficialFiles() throws IOException {
    Path official = SharedData.path("cifar-10-subset-bin");
    Set<ByteBuffer> training = new HashSet<>();
    for (int batch = 1; batch <= 5; batch++) {
      training.addAll(records(Files.readAllBytes(official.resolve("data_batch_" + batch + ".bin"))));
    }
    assertThat(training.containsAll(records(resource("data_batch_1.bin")))).isTrue();
    Set<ByteBuffer> test = new HashSet<>(records(Files.readAllBytes(official.resolve("test_batch.bin"))));
    assertThat(test.containsAll(records(resource("test_batch.bin")))).isTrue();
  }

  @Test
  void repeatsNoRecord() throws IOException {
    assertThat(new HashSet<>(records(resource("data_batch_1.bin")))).hasSize(2000);
    assertThat(new HashSet<>(records(resource("test_batch.bin")))).hasSize(500);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = Datasets.class.getResourceAsStream("cifar10-sample/" + name)) {
      return in.readAllBytes();
    }
  }

  private static List<ByteBuffer> records(byte[] bytes) {
    List<ByteBuffer> records = new ArrayList<>();
    for (int start = 0; start < bytes.length; start += 3073) {
      records.add(ByteBuffer.wrap(bytes, start, 3073));
    }
    return records;
  }

  private static int[] counts(ImageSet set) {
    int[] counts = new int[set.numClasses()];
    for (int i = 0; i < set.size(); i++) {
      counts[set.label(i)]++;
    }
    return counts;
  }
}
