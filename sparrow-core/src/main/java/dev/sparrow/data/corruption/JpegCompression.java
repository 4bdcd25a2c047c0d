package dev.sparrow.data.corruption;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Stored as JPEG and read again. Java's codec is libjpeg, with its tables, its meaning of the quality and half the resolution for colours,
 * as in the published code.
 */
final class JpegCompression implements Corruption {

  private static final double PERCENT = 100;
  private static final double LEVELS = 255;

  private static final Grades<Integer> QUALITY = new Grades<>(List.of(80, 65, 58, 50, 40), List.of(65, 58, 50, 40, 25));

  @Override
  public Picture apply(Picture image, int severity, Draws draws) {
    int quality = QUALITY.at(severity, image.size());
    try {
      return decoded(encoded(image, quality));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode a JPEG in memory", e);
    }
  }

  private static byte[] encoded(Picture image, int quality) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality((float) (quality / PERCENT));
      writer.setOutput(out);
      writer.write(null, new IIOImage(rgb(image), List.of(), null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage rgb(Picture image) {
    BufferedImage rgb = new BufferedImage(image.size(), image.size(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.size(); y++) {
      for (int x = 0; x < image.size(); x++) {
        int colour = 0;
        for (int channel = 0; channel < 3; channel++) {
          colour = colour << Byte.SIZE | (int) Math.round(image.channel(channel).at(y, x) * LEVELS);
        }
        rgb.setRGB(x, y, colour);
      }
    }
    return rgb;
  }

  private static Picture decoded(byte[] bytes) throws IOException {
    // reading closes the stream
    Raster samples = ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))).getRaster();
    return Picture.of(channel -> Field.of(samples.getWidth(), (y, x) -> samples.getSample(x, y, channel) / LEVELS));
  }
}
