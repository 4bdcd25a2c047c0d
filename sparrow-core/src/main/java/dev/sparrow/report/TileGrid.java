package dev.sparrow.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Small square images in rows and columns, in blocks of up to eight columns below one another. Each row has a name, each image captions.
 * Images are enlarged by whole pixels, nothing is smoothed.
 */
final class TileGrid {

  private static final int COLUMNS = 8;
  private static final int TILE = 128;
  private static final int GAP = 8;
  private static final int GUTTER = 108;
  private static final int LINE = 16;
  private static final int LEVELS = 255;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  private final int size;
  private final int scale;
  private final int tile;
  private final List<Row> rows;

  /**
   * A row of the grid.
   *
   * @param name what stands at its left, line by line
   * @param captions lines of text below each image
   */
  record Row(List<String> name, int captions) {}

  /** A line of text. */
  record Caption(String text, Color color) {}

  /**
   * An image.
   *
   * @param pixels [3, size, size] row-major, clipped to [0, 1]
   * @param captions as many as its row has
   */
  record Tile(float[] pixels, List<Caption> captions) {}

  TileGrid(int size, List<Row> rows) {
    this.size = size;
    this.rows = rows;
    scale = Math.max(1, TILE / size);
    tile = size * scale;
  }

  /** Draws columns, at least one, each with a tile per row. */
  BufferedImage draw(List<List<Tile>> columns) {
    int blocks = (columns.size() + COLUMNS - 1) / COLUMNS;
    int width = GUTTER + Math.min(COLUMNS, columns.size()) * (tile + GAP);
    BufferedImage picture = new BufferedImage(width, GAP + blocks * blockHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setFont(FONT);
    for (int block = 0; block < blocks; block++) {
      drawBlock(graphics, GAP + block * blockHeight(), columns.subList(block * COLUMNS, Math.min(columns.size(), (block + 1) * COLUMNS)));
    }
    graphics.dispose();
    return picture;
  }

  private int blockHeight() {
    return rows.stream().mapToInt(this::rowHeight).sum() + 2 * GAP;
  }

  private int rowHeight(Row row) {
    return tile + row.captions() * LINE + GAP;
  }

  private void drawBlock(Graphics2D graphics, int top, List<List<Tile>> columns) {
    int y = top;
    for (int row = 0; row < rows.size(); row++) {
      drawName(graphics, rows.get(row).name(), y);
      for (int column = 0; column < columns.size(); column++) {
        drawTile(graphics, columns.get(column).get(row), GUTTER + column * (tile + GAP), y);
      }
      y += rowHeight(rows.get(row));
    }
  }

  private void drawName(Graphics2D graphics, List<String> name, int top) {
    for (int line = 0; line < name.size(); line++) {
      drawText(graphics, new Caption(name.get(line), Palette.LIGHT.text()), GAP, top + tile / 2 + line * LINE, GUTTER - 2 * GAP);
    }
  }

  private void drawTile(Graphics2D graphics, Tile image, int left, int top) {
    float[] pixels = image.pixels();
    int plane = size * size;
    for (int i = 0; i < plane; i++) {
      graphics.setColor(new Color(level(pixels[i]), level(pixels[plane + i]), level(pixels[2 * plane + i])));
      graphics.fillRect(left + i % size * scale, top + i / size * scale, scale, scale);
    }
    for (int line = 0; line < image.captions().size(); line++) {
      drawText(graphics, image.captions().get(line), left, top + tile + (line + 1) * LINE, tile);
    }
  }

  private static void drawText(Graphics2D graphics, Caption caption, int left, int bottom, int room) {
    FontMetrics metrics = graphics.getFontMetrics();
    String shown = caption.text();
    for (int length = shown.length() - 1; metrics.stringWidth(shown) > room && length > 0; length--) {
      shown = caption.text().substring(0, length) + "\u2026";
    }
    graphics.setColor(caption.color());
    graphics.drawString(shown, left, bottom - metrics.getDescent());
  }

  private static int level(float pixel) {
    return Math.round(Math.min(1, Math.max(0, pixel)) * LEVELS);
  }
}
