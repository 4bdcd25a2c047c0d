package dev.sparrow.report;

import dev.sparrow.io.AtomicFiles;
import dev.sparrow.report.TileGrid.Caption;
import dev.sparrow.report.TileGrid.Row;
import dev.sparrow.report.TileGrid.Tile;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** A picture of one image under several kinds of corruption: one row per kind, with the clean image and one image per severity. */
public final class CorruptionGrid {

  private static final Color INK = Palette.LIGHT.text();

  private final int size;
  private final List<String> captions = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<List<Tile>> columns = new ArrayList<>();

  /**
   * A grid without rows.
   *
   * @param size side of the images in pixels
   * @param severities headings of the columns, in their order
   */
  public CorruptionGrid(int size, List<Integer> severities) {
    this.size = size;
    captions.add("clean");
    severities.forEach(severity -> captions.add("severity " + severity));
    captions.forEach(caption -> columns.add(new ArrayList<>()));
  }

  /**
   * Adds a row.
   *
   * @param kind name of the corruption
   * @param images [3, size, size] each: the clean image, and one per severity
   */
  public void row(String kind, List<float[]> images) {
    if (images.size() != captions.size()) {
      throw new IllegalArgumentException("images: expected " + captions.size() + ", got " + images.size());
    }
    rows.add(new Row(List.of(kind.split("_")), 1));
    for (int i = 0; i < images.size(); i++) {
      columns.get(i).add(new Tile(images.get(i), List.of(new Caption(captions.get(i), INK))));
    }
  }

  /**
   * Writes the picture as PNG, atomically.
   *
   * @param file replaced if it exists
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    BufferedImage picture = new TileGrid(size, rows).draw(columns);
    AtomicFiles.write(file, out -> ImageIO.write(picture, "png", out));
  }
}
