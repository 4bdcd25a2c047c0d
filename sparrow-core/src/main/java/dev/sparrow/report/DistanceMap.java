package dev.sparrow.report;

import dev.sparrow.io.AtomicFiles;
import dev.sparrow.sparse.DistanceHistory;
import dev.sparrow.sparse.MaskSettling;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * {@code distances.png}: how far apart the masks of all pairs of epochs were, as in the paper's figure of early-bird tickets. The diagonal
 * is 0; a bright square that grows at its lower right end is a mask that settles. Pairs whose masks were not kept are grey.
 */
public final class DistanceMap {

  private static final int WIDTH = 650;
  private static final int HEIGHT = 580;
  private static final int LEFT = 64;
  private static final int TOP = 76;
  private static final int SIDE = 440;
  private static final int BAR_LEFT = LEFT + SIDE + 24;
  private static final int BAR_WIDTH = 18;
  private static final int TICK = 4;
  private static final int MOST_TICKS = 10;
  private static final Palette PALETTE = Palette.LIGHT;
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  /** From near to far. */
  private static final ColorScale COLORS = ColorScale.VIRIDIS_FROM_BRIGHT;

  private final MaskSettling settling;
  private final DistanceHistory history;
  private final double farthest;

  private DistanceMap(MaskSettling settling) {
    this.settling = settling;
    this.history = settling.history();
    double largest = history.rows().stream().flatMap(List::stream).mapToDouble(distance -> distance).max().orElse(0);
    this.farthest = Math.max(largest, 2 * settling.threshold()); // so that the threshold is never at the far end
  }

  /**
   * Writes the picture as a PNG of 1300 x 1160 pixels, atomically.
   *
   * @param file where to, usually {@link RunFolder#distances()}
   * @param settling the distances, of at least one epoch
   */
  public static void write(Path file, MaskSettling settling) {
    DistanceMap map = new DistanceMap(settling);
    try {
      AtomicFiles.write(file, Curves.png(WIDTH, HEIGHT, map::paint));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private void paint(Graphics2D graphics) {
    graphics.setColor(PALETTE.background());
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    graphics.setColor(PALETTE.text());
    graphics.setFont(TITLE);
    graphics.drawString("Fraction of positions at which the masks of two epochs differ", LEFT, 30);
    graphics.setFont(TEXT);
    graphics.drawString(verdict(), LEFT, 52);
    paintCells(graphics);
    paintAxes(graphics);
    paintBar(graphics);
  }

  private String verdict() {
    String rule = String.format(Locale.ROOT, "at most %s from the others", number(settling.threshold()));
    String newest = "the newest of " + settling.window() + " masks";
    return settling.emergence().isPresent()
        ? "settled at epoch " + settling.emergence().getAsInt() + ": " + newest + " is " + rule + " (framed)"
        : "not settled within " + history.epochs() + " epochs: " + newest + " was never " + rule;
  }

  private void paintCells(Graphics2D graphics) {
    graphics.setColor(PALETTE.faint());
    graphics.fillRect(LEFT, TOP, SIDE, SIDE);
    for (int epoch = 0; epoch < history.epochs(); epoch++) {
      paintCell(graphics, epoch, epoch, 0);
      List<Double> row = history.rows().get(epoch);
      for (int back = 0; back < row.size(); back++) {
        paintCell(graphics, epoch, epoch - 1 - back, row.get(back));
        paintCell(graphics, epoch - 1 - back, epoch, row.get(back));
      }
    }
    settling
        .emergence()
        .ifPresent(
            epoch -> {
              int first = epoch - settling.window() + 1;
              graphics.setColor(PALETTE.text());
              graphics.draw(new Rectangle2D.Double(at(first), TOP - LEFT + at(first), cell() * settling.window(), cell() * settling.window()));
            });
  }

  private void paintCell(Graphics2D graphics, int column, int row, double distance) {
    graphics.setColor(COLORS.at(distance / farthest));
    double overlap = 0.5; // neighbours meet without a seam
    double width = Math.min(cell() + overlap, LEFT + SIDE - at(column));
    double height = Math.min(cell() + overlap, LEFT + SIDE - at(row));
    graphics.fill(new Rectangle2D.Double(at(column), TOP - LEFT + at(row), width, height));
  }

  private double cell() {
    return SIDE / (double) history.epochs();
  }

  /** Where an epoch's cells begin, from the left. */
  private double at(int epoch) {
    return LEFT + epoch * cell();
  }

  private void paintAxes(Graphics2D graphics) {
    graphics.setColor(PALETTE.text());
    FontMetrics metrics = graphics.getFontMetrics();
    int step = tickStep(history.epochs());
    for (int epoch = 0; epoch < history.epochs(); epoch += step) {
      double middle = at(epoch) + cell() / 2;
      String label = String.valueOf(epoch);
      float down = (float) (TOP - LEFT + middle);
      graphics.fill(new Rectangle2D.Double(middle, TOP + SIDE, 1, TICK));
      graphics.drawString(label, (float) middle - metrics.stringWidth(label) / 2f, TOP + SIDE + TICK + metrics.getAscent());
      graphics.fill(new Rectangle2D.Double(LEFT - TICK, down, TICK, 1));
      graphics.drawString(label, LEFT - 2f * TICK - metrics.stringWidth(label), down + metrics.getAscent() / 2f - 1);
    }
    String across = "epoch, from 0" + (isWhole() ? "" : " (grey: masks not kept)");
    graphics.drawString(across, LEFT + (SIDE - metrics.stringWidth(across)) / 2f, TOP + SIDE + 2.6f * metrics.getHeight());
    Graphics2D upright = (Graphics2D) graphics.create();
    upright.rotate(-Math.PI / 2, LEFT / 3.0, TOP + SIDE / 2.0);
    upright.drawString("epoch", LEFT / 3f - metrics.stringWidth("epoch") / 2f, TOP + SIDE / 2f);
    upright.dispose();
  }

  private boolean isWhole() {
    return IntStream.range(0, history.epochs()).allMatch(epoch -> history.rows().get(epoch).size() == epoch);
  }

  /** 1, 2 or 5 times a power of ten, so that there are at most {@value #MOST_TICKS} ticks. */
  private static int tickStep(int epochs) {
    int decade = 1;
    while (decade * MOST_TICKS < epochs) {
      decade *= 10;
    }
    int finer = decade / 10;
    for (int step : new int[] {2 * finer, 5 * finer}) {
      if (step > 0 && step * MOST_TICKS >= epochs) {
        return step;
      }
    }
    return decade;
  }

  private void paintBar(Graphics2D graphics) {
    for (int y = 0; y < SIDE; y++) {
      graphics.setColor(COLORS.at(1 - y / (SIDE - 1.0)));
      graphics.fillRect(BAR_LEFT, TOP + y, BAR_WIDTH, 1);
    }
    graphics.setColor(PALETTE.text());
    paintBarLabel(graphics, 0, "0");
    paintBarLabel(graphics, settling.threshold(), number(settling.threshold()) + " settled");
    paintBarLabel(graphics, farthest, number(farthest));
  }

  private void paintBarLabel(Graphics2D graphics, double distance, String label) {
    double y = TOP + SIDE - 1 - distance / farthest * (SIDE - 1);
    graphics.fill(new Rectangle2D.Double(BAR_LEFT + BAR_WIDTH, y, TICK, 1));
    graphics.drawString(label, BAR_LEFT + BAR_WIDTH + 2f * TICK, (float) y + graphics.getFontMetrics().getAscent() / 2f - 1);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value).replaceFirst("\\.?0+$", "");
  }
}
