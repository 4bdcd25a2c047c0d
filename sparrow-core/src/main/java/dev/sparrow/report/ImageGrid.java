package dev.sparrow.report;

import dev.sparrow.io.AtomicFiles;
import dev.sparrow.report.TileGrid.Caption;
import dev.sparrow.report.TileGrid.Row;
import dev.sparrow.report.TileGrid.Tile;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.apiguardian.api.API;

/**
 * A picture of what an attack did: one column per image with the clean image, the adversarial one and the magnified perturbation, and what
 * the network took them for; where it is known, also what mattered to the network in each.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class ImageGrid {

  private static final Color RIGHT = new Color(0x1B, 0x7A, 0x3D);
  private static final Color WRONG = new Color(0xC0, 0x1F, 0x2E);

  /** How much of a map is seen on top of its image. */
  private static final float COVER = 0.6f;

  /**
   * An image before and after an attack, and what mattered in it.
   *
   * @param example the image
   * @param cleanMap [size, size] row-major, the importance of each place of the clean image in [0, 1]
   * @param adversarialMap same shape, for the adversarial image
   */
  public record Explained(AdversarialExample example, float[] cleanMap, float[] adversarialMap) {}

  private final int size;

  /**
   * A grid of square images.
   *
   * @param size their side in pixels
   */
  public ImageGrid(int size) {
    this.size = size;
  }

  /**
   * Draws what an attack did: blocks of up to eight columns below one another.
   *
   * @param examples at least one
   * @return the picture, in RGB
   */
  public BufferedImage draw(List<AdversarialExample> examples) {
    double magnification = AdversarialExample.magnification(examples);
    List<Row> rows = List.of(new Row(List.of("clean"), 2), new Row(List.of("adversarial"), 1), perturbationRow(magnification));
    return new TileGrid(size, rows)
        .draw(examples.stream().map(example -> List.of(clean(example), adversarial(example), perturbation(example, magnification))).toList());
  }

  /**
   * Draws what an attack did to the images and to what the network looks at.
   *
   * @param method how the maps were made, in two words or a few more
   * @param images at least one
   * @return the picture, in RGB
   */
  public BufferedImage drawExplained(String method, List<Explained> images) {
    double magnification = AdversarialExample.magnification(images.stream().map(Explained::example).toList());
    Row map = new Row(List.of(method.split(" ", 2)), 0);
    List<Row> rows =
        List.of(new Row(List.of("clean"), 2), map, new Row(List.of("adversarial"), 1), perturbationRow(magnification), map);
    return new TileGrid(size, rows).draw(images.stream().map(image -> column(image, magnification)).toList());
  }

  /**
   * Writes the picture of what an attack did as PNG, atomically.
   *
   * @param target the file, replaced if it exists
   * @param examples at least one
   * @throws IOException if it cannot be written
   */
  public void write(Path target, List<AdversarialExample> examples) throws IOException {
    write(target, draw(examples));
  }

  /**
   * Writes the picture of what an attack did to the images and to what the network looks at as PNG, atomically.
   *
   * @param target the file, replaced if it exists
   * @param method how the maps were made, in two words or a few more
   * @param images at least one
   * @throws IOException if it cannot be written
   */
  public void writeExplained(Path target, String method, List<Explained> images) throws IOException {
    write(target, drawExplained(method, images));
  }

  private static void write(Path target, BufferedImage picture) throws IOException {
    AtomicFiles.write(target, out -> ImageIO.write(picture, "png", out));
  }

  private static Row perturbationRow(double magnification) {
    return new Row(List.of("perturbation", String.format(Locale.ROOT, "x %.3g", magnification)), 0);
  }

  private static List<Tile> column(Explained image, double magnification) {
    AdversarialExample example = image.example();
    return List.of(
        clean(example),
        new Tile(covered(example.clean(), image.cleanMap()), List.of()),
        adversarial(example),
        perturbation(example, magnification),
        new Tile(covered(example.adversarial(), image.adversarialMap()), List.of()));
  }

  private static Tile clean(AdversarialExample example) {
    Caption label = new Caption("true: " + example.label(), Palette.LIGHT.text());
    return new Tile(example.clean(), List.of(label, prediction(example, example.before())));
  }

  private static Tile adversarial(AdversarialExample example) {
    return new Tile(example.adversarial(), List.of(prediction(example, example.after())));
  }

  private static Tile perturbation(AdversarialExample example, double magnification) {
    return new Tile(example.perturbation(magnification), List.of());
  }

  private static Caption prediction(AdversarialExample example, String prediction) {
    boolean right = prediction.equals(example.label());
    return new Caption((right ? "right: " : "wrong: ") + prediction, right ? RIGHT : WRONG);
  }

  /** The image in grey with the map's colours on top. */
  private static float[] covered(float[] image, float[] map) {
    int plane = map.length;
    float[] pixels = new float[image.length];
    for (int i = 0; i < plane; i++) {
      float grey = (image[i] + image[plane + i] + image[2 * plane + i]) / 3;
      float[] color = ColorScale.INFERNO.at(map[i]).getRGBColorComponents(null);
      for (int channel = 0; channel < color.length; channel++) {
        pixels[channel * plane + i] = (1 - COVER) * grey + COVER * color[channel];
      }
    }
    return pixels;
  }
}
