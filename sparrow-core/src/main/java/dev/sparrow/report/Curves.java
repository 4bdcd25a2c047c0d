package dev.sparrow.report;

import dev.sparrow.config.Objective;
import dev.sparrow.io.AtomicFiles;
import dev.sparrow.report.Panel.Dash;
import dev.sparrow.sparse.DensityEvent;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * {@code curves.png}: a run's learning curves in four charts. Robust and clean accuracy with the best epoch marked, losses, and density
 * with drop fraction and what Flying Bird+ did to the density; a dense run shows its learning rate there.
 */
public final class Curves {

  /** Of one chart. */
  private static final int WIDTH = 620;

  /** Of one chart. */
  private static final int HEIGHT = 380;

  private static final int HEADING = 44;

  /** Pixels per unit, so that text stays sharp on dense screens. */
  private static final int SCALE = 2;

  private final StoredRun run;
  private final List<EpochRecord> epochs;
  private final Palette palette = Palette.LIGHT;

  private Curves(StoredRun run) {
    this.run = run;
    this.epochs = run.epochs();
  }

  /**
   * Writes the curves as a PNG of 2480 x 1608 pixels on white, atomically.
   *
   * @param file where to, usually {@link RunFolder#curves()}
   * @param run what the run was asked to do and measured
   */
  public static void write(Path file, StoredRun run) {
    try {
      AtomicFiles.write(file, png(run));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** All charts in one picture with a heading. */
  static byte[] png(StoredRun run) {
    Curves curves = new Curves(run);
    List<Panel> panels = curves.panels();
    return png(
        2 * WIDTH,
        HEADING + 2 * HEIGHT,
        graphics -> {
          curves.heading(graphics);
          for (int i = 0; i < panels.size(); i++) {
            panels.get(i).paint((Graphics2D) graphics.create(i % 2 * WIDTH, HEADING + i / 2 * HEIGHT, WIDTH, HEIGHT));
          }
        });
  }

  /** A picture in twice as many pixels as units. */
  static byte[] png(int width, int height, Consumer<Graphics2D> painter) {
    BufferedImage image = new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.scale(SCALE, SCALE);
    painter.accept(graphics);
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode a PNG", e);
    }
    return out.toByteArray();
  }

  private void heading(Graphics2D graphics) {
    graphics.setColor(palette.background());
    graphics.fillRect(0, 0, 2 * WIDTH, HEADING);
    graphics.setColor(palette.text());
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
    String title = title();
    graphics.drawString(title, (2 * WIDTH - graphics.getFontMetrics().stringWidth(title)) / 2, 28);
  }

  private List<Panel> panels() {
    return List.of(robustAccuracy(), cleanAccuracy(), loss(), last());
  }

  private String title() {
    String density = isDense() ? "" : String.format(Locale.ROOT, ", density %s", run.config().sparsity().density().value());
    return run.config().method().label() + ", " + run.config().network().arch().label() + ", " + run.config().data().dataset().label() + density
        + ", seed " + run.config().seed().value();
  }

  private Panel robustAccuracy() {
    Panel panel = panel("Robust accuracy", "robust accuracy in %").from(0);
    if (run.config().objective() != Objective.STANDARD) {
      panel.line("train, attacked", epochs, percent(EpochRecord::trainAccuracy), palette.train(), Dash.DASHED);
    }
    EpochRecord best = run.best();
    return panel
        .line("validation", epochs, percent(epoch -> epoch.validation().robust()), palette.validation(), Dash.SOLID)
        .line("test", tested(), percent(epoch -> epoch.test().orElseThrow().robust()), palette.test(), Dash.DOTTED)
        .marks("best epoch, " + best.epoch(), List.of(best), percent(e -> e.validation().robust()), palette.text(), SeriesMarkers.TRIANGLE_UP)
        .at(best.epoch());
  }

  private Panel cleanAccuracy() {
    Panel panel = panel("Clean accuracy", "clean accuracy in %").from(0);
    if (run.config().objective() == Objective.STANDARD) {
      panel.line("train", epochs, percent(EpochRecord::trainAccuracy), palette.train(), Dash.DASHED);
    }
    return panel
        .line("validation", epochs, percent(epoch -> epoch.validation().clean()), palette.validation(), Dash.SOLID)
        .line("test", tested(), percent(epoch -> epoch.test().orElseThrow().clean()), palette.test(), Dash.DOTTED)
        .at(run.best().epoch());
  }

  private Panel loss() {
    return panel("Loss", "mean cross-entropy in nats")
        .line("train", epochs, EpochRecord::trainLoss, palette.train(), Dash.DASHED)
        .line("validation, attacked", epochs, epoch -> epoch.validation().robustLoss(), palette.validation(), Dash.SOLID)
        .at(run.best().epoch());
  }

  private Panel last() {
    if (isDense()) {
      return panel("Learning rate", "learning rate").line("learning rate", epochs, EpochRecord::lr, palette.other(), Dash.SOLID).from(0);
    }
    Panel panel =
        panel("Density and topology updates", "fraction in %")
            .line("density", epochs, percent(EpochRecord::density), palette.validation(), Dash.SOLID)
            .line("drop fraction", epochs, percent(EpochRecord::dropFraction), palette.other(), Dash.DASHED)
            .line("explored", epochs, percent(EpochRecord::explored), palette.train(), Dash.DOTTED)
            .from(0);
    events(panel, "pruned", DensityEvent.PRUNE, palette.test(), SeriesMarkers.TRIANGLE_DOWN);
    events(panel, "grown", DensityEvent.GROW, palette.text(), SeriesMarkers.TRIANGLE_UP);
    events(panel, "both", DensityEvent.BOTH, palette.text(), SeriesMarkers.DIAMOND);
    return panel;
  }

  private void events(Panel panel, String name, DensityEvent event, Color color, Marker marker) {
    panel.marks(name, epochs.stream().filter(epoch -> epoch.event() == event).toList(), percent(EpochRecord::density), color, marker);
  }

  private Panel panel(String title, String unit) {
    return new Panel(title, unit, palette, WIDTH, HEIGHT);
  }

  private boolean isDense() {
    return run.config().method().isDense();
  }

  private List<EpochRecord> tested() {
    return epochs.stream().filter(epoch -> epoch.test().isPresent()).toList();
  }

  private static ToDoubleFunction<EpochRecord> percent(ToDoubleFunction<EpochRecord> fraction) {
    return epoch -> 100 * fraction.applyAsDouble(epoch);
  }
}
