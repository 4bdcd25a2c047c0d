package dev.sparrow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.testing.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CifarPythonTest {

  private static final String[] NAMES = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};

  @TempDir
  private Path folder;

  /** Every pixel of image i is i + 1. */
  private static byte[] pixels(int images) {
    byte[] pixels = new byte[images * 3072];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 3072 + 1);
    }
    return pixels;
  }

  private static byte[] batch(int... labels) {
    return new Python2Pickle().strings("filenames").numbers("labels", labels).array("data", labels.length, 3072, pixels(labels.length)).end();
  }

  private Path write(String name, byte[] pickle) {
    return Pictures.write(folder.resolve("cifar-10-batches-py").resolve(name), pickle);
  }

  @BeforeEach
  void writeSmallCifar10() {
    write("batches.meta", new Python2Pickle().strings("label_names", NAMES).end());
    write("data_batch_1", batch(3, 9, 0));
    write("data_batch_2", batch(4));
    write("test_batch", batch(7, 8));
  }

  private DataSplits open() {
    return Datasets.open(DatasetName.CIFAR10, Optional.of(folder), 0, 0);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::open).isInstanceOf(BadInput.class).hasMessage(message);
  }

  @Test
  void readsWhatPython2Wrote() {
    DataSplits data = open();
    assertThat(data.train().classNames()).containsExactly(NAMES);
    assertThat(List.of(data.train().label(0), data.train().label(1), data.train().label(2))).containsExactly(3, 9, 0);
    assertThat(data.validation().label(0)).isEqualTo(4);
    assertThat(List.of(data.test().label(0), data.test().label(1))).containsExactly(7, 8);
    assertThat(data.train().pixels(2)).hasSize(3072).containsOnly(3);
    assertThat(data.test().pixels(1)).containsOnly(2);
  }

  @Test
  void readsFineLabelsOfCifar100() {
    String[] names = new String[100];
    Arrays.setAll(names, i -> "name " + i);
    Pictures.write(folder.resolve("meta"), new Python2Pickle().strings("fine_label_names", names).end());
    byte[] train = new Python2Pickle()
        .numbers("coarse_labels", 1, 2).numbers("fine_labels", 99, 50).array("data", 2, 3072, pixels(2)).end();
    byte[] test = new Python2Pickle().numbers("fine_labels", 17).array("data", 1, 3072, pixels(1)).end();
    Pictures.write(folder.resolve("train"), train);
    Pictures.write(folder.resolve("test"), test);
    DataSplits data = Datasets.open(DatasetName.CIFAR100, Optional.of(folder), 0, 0);
    assertThat(data.train().label(0)).isEqualTo(99);
    assertThat(data.validation().label(0)).isEqualTo(50);
    assertThat(data.test().label(0)).isEqualTo(17);
    assertThat(data.test().classNames().get(17)).isEqualTo("name 17");
  }

  @Test
  void equalsTheBinaryFormat() {
    byte[] records = new byte[2 * 3073];
    Arrays.fill(records, 1, 3073, (byte) 1);
    Arrays.fill(records, 3073, 2 * 3073, (byte) 2);
    records[0] = 6;
    records[3073] = 5;
    DataFile binary = DataFile.of(write("records", records));
    DataFile python = DataFile.of(write("pickle", batch(6, 5)));
    assertThat(new CifarPython(CifarVariant.CIFAR10).images(python))
        .usingRecursiveComparison().isEqualTo(new CifarBinary(CifarVariant.CIFAR10).images(binary));
  }

  @Test
  void refusesLabelsOutOfRange() {
    Path file = write("data_batch_1", batch(0, 1, 10));
    assertRefused("label: expected 0 to 9, got 10 (" + file + ", record 2)");
  }

  @Test
  void refusesDataThatDoesNotMatchTheLabels() {
    Path file = write("test_batch", new Python2Pickle().numbers("labels", 1, 2).array("data", 1, 3072, pixels(1)).end());
    assertRefused("entry 'data': expected a uint8 array 2x3072, got U8 array 1x3072 (" + file + ")");
    write("test_batch", new Python2Pickle().numbers("labels", 1, 2).numbers("data", 3).end());
    assertRefused("entry 'data': expected a uint8 array 2x3072, got another value (" + file + ")");
    write("test_batch", new Python2Pickle().array("data", 1, 3072, pixels(1)).end());
    assertRefused("entry 'labels': expected a list of Long, got nothing (" + file + ")");
    write("test_batch", batch());
    assertRefused("entry 'data': expected at least one image, got none (" + file + ")");
  }

  @Test
  void refusesDamagedAndHostilePickles() {
    Path file = folder.resolve("cifar-10-batches-py").resolve("test_batch");
    byte[] whole = batch(1, 2);
    write("test_batch", Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(this::open).isInstanceOf(BadInput.class)
        .hasMessageStartingWith("pickle: expected ").hasMessageEndingWith("(" + file + ")");
    write("test_batch", "cposix\nsystem\n(S'true'\ntR.".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused("pickle: expected plain data, got global 'posix.system' (" + file + ")");
    write("test_batch", new byte[] {(byte) 0x80, 2, 'K', 1, '.'});
    assertRefused("pickle: expected a dictionary, got something else (" + file + ")");
  }

  @Test
  void refusesMissingFiles() throws IOException {
    Files.delete(folder.resolve("cifar-10-batches-py/batches.meta"));
    assertRefused("data file: expected a file, got nothing (" + folder.resolve("cifar-10-batches-py/batches.meta") + ")");
    assertThatThrownBy(() -> Datasets.open(DatasetName.CIFAR100, Optional.of(folder), 0, 0))
        .hasMessage("data set cifar100: expected training files train.bin or train, got none (" + folder + ")");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> Datasets.open(DatasetName.CIFAR10, Optional.of(empty), 0, 0))
        .hasMessage("data set cifar10: expected training files data_batch_[1-9].bin or data_batch_[1-9], got none (" + empty + ")");
  }

  /** The reader takes the file, its array and the images one by one. */
  private void damage(int count) throws IOException {
    for (int file = 3; file <= 5; file++) {
      write("data_batch_" + file, batch(file));
    }
    Path batch = folder.resolve("cifar-10-batches-py/data_batch_1");
    Mutations.check(Files.readAllBytes(batch), batch, count, path -> assertThat(open().train().size()).isPositive());
  }

  @Test
  @Timeout(60)
  void damagedBatchesAreReadOrRefused() throws IOException {
    damage(40);
  }

  @Tag("heavy")
  @Test
  @Timeout(600)
  void aThousandMutations() throws IOException {
    damage(1_000);
  }
}
