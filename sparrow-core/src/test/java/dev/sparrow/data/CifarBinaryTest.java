package dev.sparrow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarBinaryTest {

  private static final int RECORD = 3073;

  @TempDir
  private Path folder;

  @BeforeEach
  void writeSmallCifar10() throws IOException {
    Files.writeString(folder.resolve("batches.meta.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n");
    Files.write(folder.resolve("data_batch_1.bin"), records(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1));
    Files.write(folder.resolve("data_batch_3.bin"), records(5, 4, 3, 2, 1, 0, 9, 8));
    Files.write(folder.resolve("test_batch.bin"), records(9, 8, 7));
  }

  /** One CIFAR-10 record per label; all pixels of record i are i. */
  private static byte[] records(int... labels) {
    byte[] bytes = new byte[labels.length * RECORD];
    for (int i = 0; i < labels.length; i++) {
      Arrays.fill(bytes, i * RECORD, (i + 1) * RECORD, (byte) i);
      bytes[i * RECORD] = (byte) labels[i];
    }
    return bytes;
  }

  private static int[] labels(ImageSet set) {
    return IntStream.range(0, set.size()).map(set::label).toArray();
  }

  private DataSplits open(DatasetName name, int limitTrain, int limitTest) {
    return Datasets.open(name, Optional.of(folder), limitTrain, limitTest);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> open(DatasetName.CIFAR10, 0, 0)).isInstanceOf(BadInput.class).hasMessage(message);
  }

  @Test
  void readsTheFilesInOrderAndHoldsOutTheLastTenth() {
    DataSplits data = open(DatasetName.CIFAR10, 0, 0);
    assertThat(labels(data.train())).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 5, 4, 3, 2, 1, 0);
    assertThat(labels(data.validation())).containsExactly(9, 8);
    assertThat(labels(data.test())).containsExactly(9, 8, 7);
    assertThat(data.train().pixels(13)).hasSize(3072).containsOnly(1);
    assertThat(data.test().classNames()).containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
  }

  @Test
  void limitsTheTrainingImagesBeforeTheSplit() {
    DataSplits data = open(DatasetName.CIFAR10, 10, 1);
    assertThat(labels(data.train())).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(labels(data.validation())).containsExactly(9);
    assertThat(labels(data.test())).containsExactly(9);
    assertThatThrownBy(() -> open(DatasetName.CIFAR10, 1, 0))
        .hasMessage("training images: expected at least 2, the last tenth validates, got 1 (--limit-train or the data set)");
  }

  @Test
  void looksBelowForTheOfficialFolder() throws IOException {
    Path below = Files.createDirectory(folder.resolve("cifar-10-batches-bin"));
    for (String name : new String[] {"batches.meta.txt", "data_batch_1.bin", "test_batch.bin"}) {
      Files.move(folder.resolve(name), below.resolve(name));
    }
    Files.delete(folder.resolve("data_batch_3.bin"));
    assertThat(open(DatasetName.CIFAR10, 0, 0).train().size()).isEqualTo(11);
  }

  @Test
  void readsFineLabelsOfCifar100() throws IOException {
    Files.writeString(folder.resolve("fine_label_names.txt"), "name\n".repeat(100));
    Files.write(folder.resolve("train.bin"), cifar100(new int[][] {{19, 99}, {0, 42}}));
    Files.write(folder.resolve("test.bin"), cifar100(new int[][] {{3, 7}}));
    DataSplits data = open(DatasetName.CIFAR100, 0, 0);
    assertThat(labels(data.train())).containsExactly(99);
    assertThat(labels(data.validation())).containsExactly(42);
    assertThat(labels(data.test())).containsExactly(7);
    assertThat(data.augmentation()).isEqualTo(new Augmentation(4, true, 15));
    assertThat(data.normalization()).isEqualTo(Normalization.CIFAR100);

    Files.write(folder.resolve("train.bin"), cifar100(new int[][] {{0, 0}, {20, 0}}));
    assertThatThrownBy(() -> open(DatasetName.CIFAR100, 0, 0))
        .hasMessage("label: expected 0 to 19, got 20 (" + folder.resolve("train.bin") + ", record 1)");
  }

  private static byte[] cifar100(int[][] labels) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int[] coarseAndFine : labels) {
      bytes.write(coarseAndFine[0]);
      bytes.write(coarseAndFine[1]);
      bytes.writeBytes(new byte[3072]);
    }
    return bytes.toByteArray();
  }

  @Test
  void refusesTruncatedFiles() throws IOException {
    Path file = folder.resolve("data_batch_3.bin");
    Files.write(file, Arrays.copyOf(records(1, 2), 2 * RECORD - 1));
    assertRefused("file size: expected a multiple of the record size 3073, got 6145 bytes (" + file + ")");
    Files.write(file, new byte[0]);
    assertRefused("file size: expected a multiple of the record size 3073, got 0 bytes (" + file + ")");
  }

  @Test
  void refusesLabelsOutOfRange() throws IOException {
    Files.write(folder.resolve("test_batch.bin"), records(3, 10));
    assertRefused("label: expected 0 to 9, got 10 (" + folder.resolve("test_batch.bin") + ", record 1)");
    Files.write(folder.resolve("test_batch.bin"), records(255));
    assertRefused("label: expected 0 to 9, got 255 (" + folder.resolve("test_batch.bin") + ", record 0)");
  }

  @Test
  void refusesMissingFiles() throws IOException {
    Files.delete(folder.resolve("test_batch.bin"));
    assertRefused("data file: expected a file, got nothing (" + folder.resolve("test_batch.bin") + ")");
    Files.write(folder.resolve("batches.meta.txt"), "a\nb\n".getBytes());
    assertRefused("class names: expected 10, got 2 (" + folder.resolve("batches.meta.txt") + ")");
    Files.delete(folder.resolve("batches.meta.txt"));
    assertRefused("data file: expected a file, got nothing (" + folder.resolve("batches.meta.txt") + ")");
  }

  @Test
  void refusesMissingFolders() {
    Path absent = folder.resolve("absent");
    assertThatThrownBy(() -> Datasets.open(DatasetName.CIFAR10, Optional.of(absent), 0, 0))
        .isInstanceOf(BadInput.class).hasMessage("--data: expected a folder, got nothing (" + absent + ")");
    Path file = folder.resolve("test_batch.bin");
    assertThatThrownBy(() -> Datasets.open(DatasetName.TINYIMAGENET, Optional.of(file), 0, 0))
        .isInstanceOf(BadInput.class).hasMessage("--data: expected a folder, got a file (" + file + ")");
    assertThatThrownBy(() -> Datasets.open(DatasetName.IMAGEFOLDER, Optional.empty(), 0, 0))
        .isInstanceOf(BadInput.class).hasMessage("--data: expected the folder of imagefolder, got nothing");
  }

  @Test
  void readsTheSharedSubsets() {
    DataSplits ten = Datasets.open(DatasetName.CIFAR10, Optional.of(SharedData.path("cifar-10-subset-bin")), 0, 0);
    assertThat(ten.train().size()).isEqualTo(4545);
    assertThat(ten.validation().size()).isEqualTo(505);
    assertThat(ten.test().size()).isEqualTo(1010);
    DataSplits hundred = Datasets.open(DatasetName.CIFAR100, Optional.of(SharedData.path("cifar-100-subset-bin")), 0, 0);
    assertThat(hundred.train().size()).isEqualTo(432);
    assertThat(hundred.validation().size()).isEqualTo(48);
    assertThat(hundred.test().size()).isEqualTo(910);
    assertThat(hundred.train().classNames()).startsWith("apple", "aquarium_fish").hasSize(100);
  }
}
