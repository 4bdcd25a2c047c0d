package dev.sparrow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sparrow.BadInput;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class ImageDecoderTest {

  @TempDir
  private Path folder;

  private DataFile file(byte[] bytes) {
    return DataFile.of(Pictures.write(folder.resolve("image"), bytes));
  }

  private byte[] decode(int size, BufferedImage image, String format) {
    return new ImageDecoder(size).decode(file(Pictures.encoded(image, format)));
  }

  private void assertRefused(byte[] bytes, String message) {
    DataFile file = file(bytes);
    assertThatThrownBy(() -> new ImageDecoder(32).decode(file))
        .isInstanceOf(BadInput.class).hasMessage(message + " (" + file.where() + ")").hasMessageNotContaining("\n");
  }

  @Test
  void keepsThePixelsOfAPng() {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x010203);
    image.setRGB(1, 0, 0xff8040);
    image.setRGB(0, 1, 0x0a0b0c);
    image.setRGB(1, 1, 0xfefdfc);
    assertThat(decode(2, image, "png")).containsExactly(
        0x01, 0xff, 0x0a, 0xfe,
        0x02, 0x80, 0x0b, 0xfd,
        0x03, 0x40, 0x0c, 0xfc);
  }

  @Test
  void decodesWhatIsInMemory() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x0102ff);
    assertThat(new ImageDecoder(1).decode(Pictures.encoded(image, "png"), "request")).containsExactly(1, 2, 0xff);
    assertThatThrownBy(() -> new ImageDecoder(1).decode(new byte[7], "request"))
        .isInstanceOf(BadInput.class).hasMessage("image: expected a JPEG or PNG file, got another kind of file (request)");
  }

  @Test
  void looksAtTheSizeBeforeItTakesMemory() {
    byte[] bytes = Pictures.encoded(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "png");
    assertThat(new ImageDecoder(1, 6).decode(bytes, "request")).hasSize(3);
    assertThatThrownBy(() -> new ImageDecoder(1, 5).decode(bytes, "request"))
        .isInstanceOf(BadInput.class).hasMessage("image: expected at most 5 pixels, got 3x2 (request)");
    ByteBuffer.wrap(bytes).putInt(16, 100_000).putInt(20, 100_000); // width and height of the header
    CRC32 crc = new CRC32();
    crc.update(bytes, 12, 17);
    ByteBuffer.wrap(bytes).putInt(29, (int) crc.getValue());
    assertThatThrownBy(() -> new ImageDecoder(1).decode(bytes, "request"))
        .isInstanceOf(BadInput.class).hasMessage("image: expected at most 67108864 pixels, got 100000x100000 (request)");
  }

  @Test
  void repeatsGreyOverTheChannelsAsStored() {
    byte[] expected = {0, 100, -56, -1, 0, 100, -56, -1, 0, 100, -56, -1};
    assertThat(decode(2, Pictures.samples(BufferedImage.TYPE_BYTE_GRAY, 2, 0, 100, 200, 255), "png")).isEqualTo(expected);
    assertThat(decode(2, Pictures.samples(BufferedImage.TYPE_USHORT_GRAY, 2, 0, 100 * 257, 200 * 257, 65535), "png")).isEqualTo(expected);
  }

  @Test
  void readsGreyJpegs() {
    int[] level = new int[64];
    Arrays.fill(level, 100);
    byte[] pixels = decode(8, Pictures.samples(BufferedImage.TYPE_BYTE_GRAY, 8, level), "jpg");
    for (byte pixel : pixels) {
      assertThat((int) pixel).isBetween(99, 101);
    }
  }

  @Test
  void readsPalettesAndDropsTransparency() {
    BufferedImage palette = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_INDEXED);
    BufferedImage transparent = new BufferedImage(2, 2, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 4; i++) {
      palette.setRGB(i % 2, i / 2, 0xff0000ff);
      transparent.setRGB(i % 2, i / 2, 0x400000ff);
    }
    byte[] blue = {0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1};
    assertThat(decode(2, palette, "png")).isEqualTo(blue);
    assertThat(decode(2, transparent, "png")).isEqualTo(blue);
  }

  @Test
  void readsColourJpegs() {
    byte[] pixels = decode(16, Pictures.plain(16, 16, 0xc86432), "jpg");
    int[] expected = {0xc8, 0x64, 0x32};
    for (int i = 0; i < pixels.length; i++) {
      assertThat(pixels[i] & 0xff).isBetween(expected[i / 256] - 2, expected[i / 256] + 2);
    }
  }

  @Test
  void resizesEitherWay() {
    BufferedImage halves = Pictures.plain(200, 120, Color.RED.getRGB());
    halves.getSubimage(100, 0, 100, 120).setRGB(0, 0, 100, 120, new int[12_000], 0, 100);
    byte[] small = decode(32, halves, "png");
    for (int y = 0; y < 32; y++) {
      assertThat(small[y * 32]).isEqualTo((byte) 255);
      assertThat(small[y * 32 + 12]).isEqualTo((byte) 255);
      assertThat(small[y * 32 + 19]).isEqualTo((byte) 0);
      assertThat(small[y * 32 + 31]).isEqualTo((byte) 0);
    }
    assertThat(decode(64, Pictures.plain(20, 70, 0x112233), "png")).hasSize(3 * 64 * 64).contains(0x11, 0x22, 0x33);
  }

  @Test
  void saysOnceThatItResizes() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(ImageDecoder.class);
    logger.addAppender(log);
    logger.setLevel(Level.INFO);
    try {
      ImageDecoder decoder = new ImageDecoder(32);
      DataFile fitting = file(Pictures.encoded(Pictures.plain(32, 32, 0), "png"));
      decoder.decode(fitting);
      assertThat(log.list).isEmpty();
      DataFile larger = file(Pictures.encoded(Pictures.plain(50, 40, 0), "png"));
      decoder.decode(larger);
      decoder.decode(larger);
      assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage)
          .containsExactly("Resizing images to 32x32; the first is 50x40 (" + larger.where() + ")");
    } finally {
      logger.setLevel(null);
      logger.detachAppender(log);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.3, 0.6, 0.9})
  void refusesTruncatedImages(double part) {
    BufferedImage noise = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    byte[] values = TestImages.noise(1, 32);
    for (int i = 0; i < 1024; i++) {
      noise.setRGB(i % 32, i / 32, values[i] << 16 | (values[1024 + i] & 0xff) << 8 | values[2048 + i] & 0xff);
    }
    for (String format : new String[] {"jpg", "png"}) {
      byte[] whole = Pictures.encoded(noise, format);
      assertThat(new ImageDecoder(32).decode(file(whole))).hasSize(3072);
      DataFile truncated = file(Arrays.copyOf(whole, (int) (whole.length * part)));
      assertThatThrownBy(() -> new ImageDecoder(32).decode(truncated))
          .isInstanceOf(BadInput.class)
          .hasMessageStartingWith("image: expected an intact JPEG or PNG file, got '")
          .hasMessageEndingWith("' from the decoder (" + truncated.where() + ")")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void refusesTheMissingEndOfAJpeg() {
    byte[] whole = Pictures.encoded(Pictures.plain(32, 32, 0x123456), "jpg");
    assertRefused(
        Arrays.copyOf(whole, whole.length - 2),
        "image: expected an intact JPEG or PNG file, got 'Truncated File - Missing EOI marker' from the decoder");
  }

  @Test
  void refusesOtherFiles() {
    assertRefused(new byte[0], "image: expected a JPEG or PNG file, got another kind of file");
    assertRefused("a text".getBytes(), "image: expected a JPEG or PNG file, got another kind of file");
    assertRefused(Pictures.cmyk(), "image: expected RGB or greyscale, got CMYK or another unsupported colour space");
  }
}
