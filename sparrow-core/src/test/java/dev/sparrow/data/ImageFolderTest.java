package dev.sparrow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

  private static final int PER_CLASS = 20;

  @TempDir
  private Path folder;

  /** Two classes; the red of an image tells its class, the green its number. */
  @BeforeEach
  void writeImages() {
    for (int i = 0; i < PER_CLASS; i++) {
      write("train/cat/" + i + ".png", 32, 0x100000 | i << 8);
      write("train/ant/deeper/" + i + ".PNG", 32, 0x200000 | i << 8);
    }
    write("test/ant/x.png", 32, 0x200000);
    write("test/cat/y.png", 32, 0x100000);
    write("test/cat/z.png", 32, 0x100000);
    Pictures.write(folder.resolve("train/cat/notes.txt"), new byte[] {1});
  }

  private void write(String name, int size, int rgb) {
    Pictures.write(folder.resolve(name), Pictures.encoded(Pictures.plain(size, size, rgb), "png"));
  }

  private DataSplits open(int limitTrain, int limitTest) {
    return Datasets.open(DatasetName.IMAGEFOLDER, Optional.of(folder), limitTrain, limitTest);
  }

  private static void assertLabelsFit(ImageSet images) {
    for (int i = 0; i < images.size(); i++) {
      assertThat(images.pixels(i)[0]).isEqualTo((byte) (images.label(i) == 0 ? 0x20 : 0x10));
    }
  }

  private static long ofFirstClass(ImageSet images) {
    return IntStream.range(0, images.size()).filter(i -> images.label(i) == 0).count();
  }

  @Test
  void labelsFollowTheSortedFolders() {
    DataSplits data = open(0, 0);
    assertThat(data.train().classNames()).containsExactly("ant", "cat");
    assertThat(data.train().imageSize()).isEqualTo(32);
    assertThat(data.train().size()).isEqualTo(36);
    assertThat(data.validation().size()).isEqualTo(4);
    assertThat(List.of(data.test().label(0), data.test().label(1), data.test().label(2))).containsExactly(0, 1, 1);
    assertLabelsFit(data.train());
    assertLabelsFit(data.validation());
    assertLabelsFit(data.test());
    assertThat(data.normalization()).isEqualTo(Normalization.of(data.train()));
  }

  @Test
  void shufflesTheSameWayEveryTimeAndUsesEveryImageOnce() {
    DataSplits data = open(0, 0);
    List<String> used = new ArrayList<>();
    for (ImageSet set : List.of(data.train(), data.validation())) {
      for (int i = 0; i < set.size(); i++) {
        used.add(set.label(i) + " " + set.pixels(i)[1024]);
      }
    }
    assertThat(used).hasSize(40).doesNotHaveDuplicates();
    DataSplits again = open(0, 0);
    for (int i = 0; i < 36; i++) {
      assertThat(again.train().pixels(i)).isEqualTo(data.train().pixels(i));
    }
  }

  @Test
  void limitsKeepTheClassesMixed() {
    ImageSet train = open(20, 0).train();
    assertThat(train.size()).isEqualTo(18);
    assertThat(ofFirstClass(train)).isBetween(4L, 14L);
    ImageSet all = open(0, 0).train();
    for (int i = 0; i < 18; i++) {
      assertThat(train.pixels(i)).isEqualTo(all.pixels(i));
    }
    assertThat(open(0, 2).test().size()).isEqualTo(2);
  }

  @Test
  void takesTheNearerOfTheTwoSizes() {
    write("train/ant/deeper/0.PNG", 48, 0);
    assertThat(open(0, 0).train().imageSize()).isEqualTo(32);
    write("train/ant/deeper/0.PNG", 49, 0);
    assertThat(open(0, 0).train().imageSize()).isEqualTo(64);
  }

  @Test
  void fallsBackToTheValidationFolder() throws IOException {
    Files.move(folder.resolve("test"), folder.resolve("val"));
    assertThat(open(0, 0).test().size()).isEqualTo(3);
    Files.move(folder.resolve("val"), folder.resolve("other"));
    assertRefused("data set: expected a folder test or val, got none (" + folder + ")");
  }

  @Test
  void refusesFoldersThatDoNotMatch() throws IOException {
    write("test/dog/x.png", 32, 0);
    assertRefused("class folder: expected one of the 2 training classes, got 'dog' (" + folder.resolve("test") + ")");
    Files.createDirectories(folder.resolve("train/bee"));
    assertRefused("class folder: expected JPEG or PNG files, got none (" + folder.resolve("train/bee") + ")");
  }

  @Test
  void refusesACorruptImageByName() {
    Path corrupt = Pictures.write(folder.resolve("train/cat/7.png"), "none".getBytes());
    assertRefused("image: expected a JPEG or PNG file, got another kind of file (" + corrupt + ")");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> open(0, 0)).isInstanceOf(BadInput.class).hasMessage(message);
  }

  @Test
  void verificationListsEveryDamagedFile() {
    assertThat(verify()).isEqualTo(new DataVerification(DatasetName.IMAGEFOLDER, 43, 43, List.of()));
    assertThat(verify().intact()).isTrue();
    Path first = Pictures.write(folder.resolve("train/ant/deeper/3.PNG"), new byte[0]);
    Path second = Pictures.write(folder.resolve("test/cat/y.png"), Pictures.cmyk());
    assertThat(verify().intact()).isFalse();
    assertThat(verify()).isEqualTo(new DataVerification(DatasetName.IMAGEFOLDER, 43, 41, List.of(
        "image: expected a JPEG or PNG file, got another kind of file (" + first + ")",
        "image: expected RGB or greyscale, got CMYK or another unsupported colour space (" + second + ")")));
  }

  @Test
  void verificationReportsAMissingFolder() throws IOException {
    Files.move(folder.resolve("train"), folder.resolve("other"));
    assertThat(verify().problems()).containsExactly("data set: expected a folder train, got none (" + folder + ")");
    assertThatThrownBy(() -> DataVerification.of(DatasetName.IMAGEFOLDER, Optional.empty())).isInstanceOf(BadInput.class);
  }

  private DataVerification verify() {
    return DataVerification.of(DatasetName.IMAGEFOLDER, Optional.of(folder));
  }
}
