package dev.sparrow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinyImageNetTest {

  @TempDir
  private Path folder;

  private void write(String name, int rgb) {
    Pictures.write(folder.resolve(name), Pictures.encoded(Pictures.plain(64, 64, rgb), "jpg"));
  }

  private DataSplits open() {
    return Datasets.open(DatasetName.TINYIMAGENET, Optional.of(folder), 0, 0);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::open).isInstanceOf(BadInput.class).hasMessage(message);
  }

  private void writeOriginalLayout() throws IOException {
    for (int i = 0; i < 10; i++) {
      write("train/n02/images/n02_" + i + ".JPEG", 0xff0000);
      write("train/n01/images/n01_" + i + ".JPEG", 0x0000ff);
    }
    write("val/images/val_0.JPEG", 0xff0000);
    write("val/images/val_1.JPEG", 0x0000ff);
    Files.writeString(folder.resolve("val/val_annotations.txt"), "val_0.JPEG\tn02\t0\t32\t44\t62\nval_1.JPEG\tn01\t0\t1\t2\t3\n");
    Files.writeString(folder.resolve("wnids.txt"), "n02\nn01\n");
    Files.writeString(folder.resolve("words.txt"), "n00\tentity\nn01\tEgyptian cat, cat\n");
  }

  private static int blue(ImageSet images, int index) {
    return images.pixels(index)[2 * 64 * 64] & 0xff;
  }

  @Test
  void readsTheOriginalLayout() throws IOException {
    writeOriginalLayout();
    DataSplits data = open();
    assertThat(data.train().classNames()).containsExactly("Egyptian cat", "n02");
    assertThat(data.train().imageSize()).isEqualTo(64);
    assertThat(data.train().size()).isEqualTo(18);
    assertThat(data.validation().size()).isEqualTo(2);
    assertThat(List.of(data.test().label(0), data.test().label(1))).containsExactly(1, 0);
    for (ImageSet set : List.of(data.train(), data.validation(), data.test())) {
      for (int i = 0; i < set.size(); i++) {
        assertThat(blue(set, i) > 128).isEqualTo(set.label(i) == 0);
      }
    }
    assertThat(data.normalization()).isEqualTo(Normalization.TINYIMAGENET);
    assertThat(data.augmentation()).isEqualTo(Augmentation.CROP_AND_FLIP);
  }

  @Test
  void readsClassFolders() {
    for (int i = 0; i < 5; i++) {
      write("training/n01/" + i + ".JPEG", 0x0000ff);
      write("training/n02/images/" + i + ".JPEG", 0xff0000);
    }
    write("validation/n02/0.JPEG", 0xff0000);
    DataSplits data = open();
    assertThat(data.train().size()).isEqualTo(9);
    assertThat(data.test().label(0)).isEqualTo(1);
    assertThat(data.test().classNames()).containsExactly("n01", "n02");
  }

  @Test
  void refusesWhatIsIncomplete() throws IOException {
    writeOriginalLayout();
    Path annotations = folder.resolve("val/val_annotations.txt");
    Files.writeString(annotations, "val_0.JPEG\tn02\nval_1.JPEG\tn09\n");
    assertRefused("annotation: expected a file name, a tab and a training class, got 'val_1.JPEG\tn09' (" + annotations + ", line 2)");
    Files.writeString(annotations, "val_2.JPEG\tn02\n");
    assertRefused("data file: expected a file, got nothing (" + folder.resolve("val/images/val_2.JPEG") + ")");
    Files.writeString(folder.resolve("wnids.txt"), "n01\nn02\nn03\n");
    assertRefused("class folders: expected the 3 of wnids.txt, got none for n03 (" + folder.resolve("train") + ")");
  }

  @Test
  void refusesAnEmptyFolder() {
    assertRefused("data set: expected a folder train or training, got none (" + folder + ")");
  }

  @Test
  void readsTheSharedSubset() throws IOException {
    unpack(SharedData.path("tiny-imagenet-200-subset.tar"));
    DataSplits data = open();
    assertThat(data.train().numClasses()).isEqualTo(200);
    assertThat(data.train().size()).isEqualTo(4500);
    assertThat(data.validation().size()).isEqualTo(500);
    assertThat(data.test().size()).isEqualTo(2000);
    assertThat(new HashSet<>(data.train().classNames())).contains("goldfish", "bullfrog").doesNotContain("n01443537");
    Set<Integer> labels = new HashSet<>();
    IntStream.range(0, 2000).forEach(i -> labels.add(data.test().label(i)));
    assertThat(labels).hasSize(200);
    DataVerification verified = DataVerification.of(DatasetName.TINYIMAGENET, Optional.of(folder));
    assertThat(verified).isEqualTo(new DataVerification(DatasetName.TINYIMAGENET, 7000, 7000, List.of()));
  }

  private void unpack(Path archive) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(file)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()) {
          Pictures.write(folder.resolve(entry.getName()), tar.readAllBytes());
        }
      }
    }
  }
}
