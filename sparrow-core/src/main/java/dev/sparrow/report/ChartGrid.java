package dev.sparrow.report;

import dev.sparrow.io.AtomicFiles;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Charts in one picture, two beside each other.
 *
 * @param charts at least two, an even number, row by row
 */
public record ChartGrid(List<Chart> charts) {

  private static final int COLUMNS = 2;

  /** Copies the list. */
  public ChartGrid {
    charts = List.copyOf(charts);
    if (charts.isEmpty() || charts.size() % COLUMNS != 0) {
      throw new IllegalArgumentException("charts: expected an even number of at least 2, got " + charts.size());
    }
  }

  /**
   * Writes the picture as a PNG, atomically.
   *
   * @param file where to
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    AtomicFiles.write(file, Curves.png(COLUMNS * Chart.WIDTH, charts.size() / COLUMNS * Chart.HEIGHT, this::paint));
  }

  private void paint(Graphics2D graphics) {
    for (int i = 0; i < charts.size(); i++) {
      int left = i % COLUMNS * Chart.WIDTH;
      int top = i / COLUMNS * Chart.HEIGHT;
      Graphics2D place = (Graphics2D) graphics.create(left, top, Chart.WIDTH, Chart.HEIGHT);
      charts.get(i).paint(place);
      place.dispose();
    }
  }
}
