package dev.sparrow.data;

import dev.sparrow.BadInput;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes JPEG and PNG files to square images of one size; safe for many threads. Stored values are taken as they are, as PIL does: no
 * colour profile is applied, greyscale is repeated over the channels, an alpha channel is dropped. Images of another size are resized
 * (bilinear, both sides to the target, so the aspect ratio may change), which is logged once per decoder.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class ImageDecoder {

  /** The largest photograph that is decoded unless another limit is given. */
  public static final long MAX_PIXELS = 1L << 26;

  private static final Logger LOG = LoggerFactory.getLogger(ImageDecoder.class);

  static {
    // creating graphics on an image would otherwise look for a display
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
  }

  private final int size;
  private final long maxPixels;
  private final AtomicBoolean resizingLogged = new AtomicBoolean();

  /**
   * A decoder of images of at most {@link #MAX_PIXELS}.
   *
   * @param size height and width of what it returns
   */
  public ImageDecoder(int size) {
    this(size, MAX_PIXELS);
  }

  /**
   * A decoder.
   *
   * @param size height and width of what it returns
   * @param maxPixels what a file may claim to hold: a short file can stand for an image that fills the memory
   */
  public ImageDecoder(int size, long maxPixels) {
    this.size = size;
    this.maxPixels = maxPixels;
  }

  /**
   * Decodes the content of a file.
   *
   * @param file a JPEG or PNG file
   * @param where where it comes from, for error messages
   * @return [3 * size * size] unsigned bytes, channels first, row-major
   * @throws BadInput if it is truncated, corrupt, too large or of an unsupported kind
   */
  public byte[] decode(byte[] file, String where) {
    return decode(new DataFile.InMemory(file, where));
  }

  /**
   * Decodes a file.
   *
   * @return [3 * size * size] unsigned bytes, channels first
   * @throws BadInput if the file is missing, truncated, corrupt, too large or of an unsupported kind
   */
  byte[] decode(DataFile file) {
    BufferedImage image = rgb(withReader(file, reader -> read(reader, file)));
    if (image.getWidth() != size || image.getHeight() != size) {
      if (resizingLogged.compareAndSet(false, true)) {
        LOG.info("Resizing images to {}x{}; the first is {}x{} ({})", size, size, image.getWidth(), image.getHeight(), file.where());
      }
      image = resized(image, size);
    }
    return planes(image);
  }

  /** The shorter side of an image, from its header. */
  static int shorterSide(DataFile file) {
    return withReader(file, reader -> Math.min(reader.getWidth(0), reader.getHeight(0)));
  }

  /** A file with one image of a known class. */
  Part part(DataFile file, int label) {
    return new Part(file, image -> List.of(new LabelledImage(decode(image), label)));
  }

  private interface Use<T> {
    T apply(ImageReader reader) throws IOException;
  }

  private static <T> T withReader(DataFile file, Use<T> use) {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file.bytes()))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw BadInput.data("image", "a JPEG or PNG file", "another kind of file", file.where());
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        return use.apply(reader);
      } finally {
        reader.dispose();
      }
    } catch (BadInput e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // readers answer damaged files with anything from IIOException to ArrayIndexOutOfBoundsException
      throw BadInput.data("image", "an intact JPEG or PNG file", "'" + e + "' from the decoder", file.where(), e);
    }
  }

  private BufferedImage read(ImageReader reader, DataFile file) throws IOException {
    if ((long) reader.getWidth(0) * reader.getHeight(0) > maxPixels) {
      String got = reader.getWidth(0) + "x" + reader.getHeight(0);
      throw BadInput.data("image", "at most " + maxPixels + " pixels", got, file.where());
    }
    if (!reader.getImageTypes(0).hasNext()) {
      throw unsupportedColours(file);
    }
    reader.addIIOReadWarningListener((source, warning) -> {
      // the JPEG reader fills the missing part of a truncated image with grey and only warns
      String text = warning.toLowerCase(Locale.ROOT);
      if (text.contains("premature") || text.contains("truncated") || text.contains("corrupt")) {
        throw BadInput.data("image", "an intact JPEG or PNG file", "'" + warning + "' from the decoder", file.where());
      }
    });
    BufferedImage image = reader.read(0);
    if (reader.getFormatName().equals("JPEG") && image.getRaster().getNumBands() > ImageSet.CHANNELS) {
      // the reader takes the four inks of CMYK for red, green, blue and alpha
      throw unsupportedColours(file);
    }
    return image;
  }

  private static BadInput unsupportedColours(DataFile file) {
    return BadInput.data("image", "RGB or greyscale", "CMYK or another unsupported colour space", file.where());
  }

  /** The stored samples as red, green and blue, past any colour profile: Java's own conversion would brighten greyscale images. */
  private static BufferedImage rgb(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    BufferedImage rgb = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    if (image.getColorModel() instanceof IndexColorModel) {
      rgb.setRGB(0, 0, width, height, image.getRGB(0, 0, width, height, new int[width * height], 0, width), 0, width);
      return rgb;
    }
    Raster samples = image.getRaster();
    boolean colour = samples.getNumBands() >= ImageSet.CHANNELS;
    int excessBits = Math.max(0, samples.getSampleModel().getSampleSize(0) - Byte.SIZE);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = samples.getSample(x, y, 0) >> excessBits;
        int green = colour ? samples.getSample(x, y, 1) >> excessBits : red;
        int blue = colour ? samples.getSample(x, y, 2) >> excessBits : red;
        rgb.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    return rgb;
  }

  /** Halves until less than a factor of two remains, since bilinear interpolation sees only four pixels. */
  private static BufferedImage resized(BufferedImage image, int size) {
    BufferedImage current = image;
    while (current.getWidth() != size || current.getHeight() != size) {
      int width = Math.max(size, current.getWidth() / 2);
      int height = Math.max(size, current.getHeight() / 2);
      BufferedImage next = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = next.createGraphics();
      graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(current, 0, 0, width, height, null);
      graphics.dispose();
      current = next;
    }
    return current;
  }

  private static byte[] planes(BufferedImage image) {
    int plane = image.getWidth() * image.getHeight();
    int[] rgb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), new int[plane], 0, image.getWidth());
    byte[] planes = new byte[ImageSet.CHANNELS * plane];
    for (int i = 0; i < plane; i++) {
      planes[i] = (byte) (rgb[i] >> 16);
      planes[plane + i] = (byte) (rgb[i] >> 8);
      planes[2 * plane + i] = (byte) rgb[i];
    }
    return planes;
  }
}
