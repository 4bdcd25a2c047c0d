package dev.sparrow.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/** Adversarial images on a page: each with the clean image and the magnified perturbation beside it. */
final class ExampleGallery {

  /** More would make pages large and show nothing else. */
  private static final int MOST = 12;

  private static final int LEVELS = 255;

  private final int size;
  private final double magnification;

  private ExampleGallery(int size, double magnification) {
    this.size = size;
    this.magnification = magnification;
  }

  /** The pictures and what they are. */
  static String of(AdversarialExamples examples) {
    List<AdversarialExample> shown = examples.named(MOST);
    double magnification = AdversarialExample.magnification(shown);
    ExampleGallery gallery = new ExampleGallery(examples.imageSize(), magnification);
    String text = "%s on the first %d of %d images. Perturbations are magnified %.3g times; grey is unchanged.";
    return Html.paragraph("quiet", String.format(Locale.ROOT, text, examples.attack(), shown.size(), examples.images().size(), magnification))
        + shown.stream().map(gallery::item).collect(Collectors.joining("", "<ul class=\"examples\">\n", "</ul>\n"));
  }

  private String item(AdversarialExample example) {
    return "<li>\n"
        + Html.paragraph("verdict", verdict(example))
        + "<div class=\"triple\">\n"
        + picture("clean, seen as " + example.before(), example.clean())
        + picture("adversarial, seen as " + example.after(), example.adversarial())
        + picture(String.format(Locale.ROOT, "perturbation \u00d7 %.3g", magnification), example.perturbation(magnification))
        + "</div>\n</li>\n";
  }

  private static String verdict(AdversarialExample example) {
    boolean before = example.before().equals(example.label());
    boolean after = example.after().equals(example.label());
    String outcome = !before ? "\u2717 wrong already before" : after ? "\u2713 still recognised" : "\u2717 broken by the attack";
    return example.label() + ": " + outcome;
  }

  private String picture(String text, float[] pixels) {
    return """
        <figure><img width="%1$d" height="%1$d" alt="%2$s" src="data:image/png;base64,%3$s"/><figcaption>%2$s</figcaption></figure>
        """
        .formatted(size, Html.escape(text), Base64.getEncoder().encodeToString(png(pixels)));
  }

  private byte[] png(float[] pixels) {
    int plane = size * size;
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < plane; i++) {
      image.setRGB(i % size, i / size, level(pixels[i]) << 16 | level(pixels[plane + i]) << 8 | level(pixels[2 * plane + i]));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory takes everything
    }
    return bytes.toByteArray();
  }

  private static int level(float pixel) {
    return Math.round(Math.min(1, Math.max(0, pixel)) * LEVELS);
  }
}
