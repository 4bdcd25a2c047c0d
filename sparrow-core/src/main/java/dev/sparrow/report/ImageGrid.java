package dev.sparrow.report;

import dev.sparrow.io.AtomicFiles;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * A picture of what an attack did: one column per image with the clean image, the adversarial one and the magnified perturbation, and what
 * the network took them for. Small images are enlarged by whole pixels, nothing is smoothed.
 */
public final class ImageGrid {

  private static final int COLUMNS = 8;
  private static final int TILE = 128;
  private static final int GAP = 8;
  private static final int GUTTER = 108;
  private static final int LINE = 16;
  private static final int CHANNELS = 3;
  private static final int LEVELS = 255;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Color INK = new Color(0x22, 0x22, 0x22);
  private static final Color RIGHT = new Color(0x1B, 0x7A, 0x3D);
  private static final Color WRONG = new Color(0xC0, 0x1F, 0x2E);

  private final int size;
  private final int scale;
  private final int tile;

  /**
   * A grid of square images.
   *
   * @param size their side in pixels
   */
  public ImageGrid(int size) {
    this.size = size;
    scale = Math.max(1, TILE / size);
    tile = size * scale;
  }

  /**
   * Draws the picture: blocks of up to eight columns below one another.
   *
   * @param examples at least one
   * @return the picture, in RGB
   */
  public BufferedImage draw(List<AdversarialExample> examples) {
    int blocks = (examples.size() + COLUMNS - 1) / COLUMNS;
    int width = GUTTER + Math.min(COLUMNS, examples.size()) * (tile + GAP);
    BufferedImage picture = new BufferedImage(width, GAP + blocks * blockHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setFont(FONT);
    double magnification = AdversarialExample.magnification(examples);
    for (int block = 0; block < blocks; block++) {
      int top = GAP + block * blockHeight();
      drawRowNames(graphics, top, magnification);
      for (int i = block * COLUMNS; i < Math.min(examples.size(), (block + 1) * COLUMNS); i++) {
        drawColumn(graphics, examples.get(i), GUTTER + i % COLUMNS * (tile + GAP), top, magnification);
      }
    }
    graphics.dispose();
    return picture;
  }

  /**
   * Writes the picture as PNG, atomically.
   *
   * @param target the file, replaced if it exists
   * @param examples at least one
   * @throws IOException if it cannot be written
   */
  public void write(Path target, List<AdversarialExample> examples) throws IOException {
    BufferedImage picture = draw(examples);
    AtomicFiles.write(target, out -> ImageIO.write(picture, "png", out));
  }

  private int blockHeight() {
    return CHANNELS * (tile + GAP) + 3 * LINE + 2 * GAP;
  }

  private int adversarialTop(int top) {
    return top + tile + 2 * LINE + GAP;
  }

  private int perturbationTop(int top) {
    return adversarialTop(top) + tile + LINE + GAP;
  }

  private void drawRowNames(Graphics2D graphics, int top, double magnification) {
    graphics.setColor(INK);
    int middle = tile / 2;
    graphics.drawString("clean", GAP, top + middle);
    graphics.drawString("adversarial", GAP, adversarialTop(top) + middle);
    graphics.drawString("perturbation", GAP, perturbationTop(top) + middle);
    graphics.drawString(String.format(Locale.ROOT, "x %.3g", magnification), GAP, perturbationTop(top) + middle + LINE);
  }

  private void drawColumn(Graphics2D graphics, AdversarialExample example, int left, int top, double magnification) {
    drawTile(graphics, example.clean(), left, top);
    drawText(graphics, "true: " + example.label(), INK, left, top + tile + LINE);
    drawPrediction(graphics, example, example.before(), left, top + tile + 2 * LINE);
    drawTile(graphics, example.adversarial(), left, adversarialTop(top));
    drawPrediction(graphics, example, example.after(), left, adversarialTop(top) + tile + LINE);
    drawTile(graphics, example.perturbation(magnification), left, perturbationTop(top));
  }

  private void drawTile(Graphics2D graphics, float[] pixels, int left, int top) {
    int plane = size * size;
    for (int i = 0; i < plane; i++) {
      graphics.setColor(new Color(level(pixels[i]), level(pixels[plane + i]), level(pixels[2 * plane + i])));
      graphics.fillRect(left + i % size * scale, top + i / size * scale, scale, scale);
    }
  }

  private void drawPrediction(Graphics2D graphics, AdversarialExample example, String prediction, int left, int baseline) {
    boolean right = prediction.equals(example.label());
    drawText(graphics, (right ? "seen as " : "taken for ") + prediction, right ? RIGHT : WRONG, left, baseline);
  }

  private void drawText(Graphics2D graphics, String text, Color color, int left, int baseline) {
    FontMetrics metrics = graphics.getFontMetrics();
    String shown = text;
    for (int length = text.length() - 1; metrics.stringWidth(shown) > tile && length > 0; length--) {
      shown = text.substring(0, length) + "\u2026";
    }
    graphics.setColor(color);
    graphics.drawString(shown, left, baseline - metrics.getDescent());
  }

  private static int level(float pixel) {
    return Math.round(Math.min(1, Math.max(0, pixel)) * LEVELS);
  }
}
