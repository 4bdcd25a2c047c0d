package dev.sparrow.report;

import dev.sparrow.config.RunConfig;
import dev.sparrow.io.ProtoBuffer;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Scalars, hyper-parameters, weight histograms and pictures for TensorBoard: {@code events.out.tfevents.SECONDS.HOST.sparrow}, a sequence of {@link TfRecord}s, each an {@code Event} of
 * TensorFlow's {@code event.proto}.
 *
 * <p>A resumed run starts a new file, as TensorBoard expects; it shows the files of a folder as one run, in the order of their names. Give
 * the first step of the new part to {@link #create}: the file then opens with a session start at that step, upon which TensorBoard drops
 * the points of older files from that step on, so that epochs measured again are not drawn twice.
 */
public final class TensorBoardEvents implements AutoCloseable {

  /** {@code SessionLog.SessionStatus.START}. */
  private static final int SESSION_START = 1;

  /** {@code Summary.Image.colorspace}. */
  private static final int RGB = 3;

  private final OutputStream out;
  private final Clock clock;

  private TensorBoardEvents(OutputStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  /**
   * Starts an event file.
   *
   * @param folder the run folder
   * @param config the run's hyper-parameters
   * @param firstStep the first step that will be written; 0 for a new run, the epoch resumed at for another part of it
   * @return the writer, to be closed
   */
  public static TensorBoardEvents create(Path folder, RunConfig config, long firstStep) {
    return create(folder, config, firstStep, Clock.systemUTC());
  }

  static TensorBoardEvents create(Path folder, RunConfig config, long firstStep, Clock clock) {
    try {
      TensorBoardEvents events = new TensorBoardEvents(open(folder, clock.millis() / 1000), clock);
      events.write(new ProtoBuffer().text(3, "brain.Event:2"));
      events.write(new ProtoBuffer().number(2, firstStep).message(7, new ProtoBuffer().number(1, SESSION_START)));
      events.write(firstStep, TensorBoardSession.started(config, events.seconds()));
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start an event file in " + folder, e);
    }
  }

  /**
   * Writes the scalars of a step; when this returns, TensorBoard can see them.
   *
   * @param step for example the epoch
   * @param scalars values by tag, for example {@code "validation/robust"}; stored in single precision
   */
  public void scalars(long step, Map<String, Double> scalars) {
    ProtoBuffer summary = new ProtoBuffer();
    scalars.forEach((tag, value) -> summary.message(1, new ProtoBuffer().text(1, tag).single(2, value.floatValue())));
    write(step, summary);
  }

  /**
   * Writes how values are spread at a step.
   *
   * @param step for example the epoch
   * @param histograms by tag, for example {@code "weights/conv1.weight"}
   */
  public void histograms(long step, Map<String, Histogram> histograms) {
    ProtoBuffer summary = new ProtoBuffer();
    histograms.forEach((tag, histogram) -> summary.message(1, new ProtoBuffer().text(1, tag).message(5, message(histogram))));
    write(step, summary);
  }

  /** A {@code HistogramProto}. */
  private static ProtoBuffer message(Histogram histogram) {
    return new ProtoBuffer()
        .real(1, histogram.min())
        .real(2, histogram.max())
        .real(3, histogram.count())
        .real(4, histogram.sum())
        .real(5, histogram.squares())
        .bytes(6, packed(histogram.limits()))
        .bytes(7, packed(histogram.counts()));
  }

  private static ByteBuffer packed(double[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    return bytes;
  }

  /**
   * Writes a picture of a step.
   *
   * @param step for example the epoch
   * @param tag its name
   * @param picture in RGB
   */
  public void picture(long step, String tag, BufferedImage picture) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode a PNG", e);
    }
    ProtoBuffer image =
        new ProtoBuffer().number(1, picture.getHeight()).number(2, picture.getWidth()).number(3, RGB).bytes(4, ByteBuffer.wrap(png.toByteArray()));
    write(step, new ProtoBuffer().message(1, new ProtoBuffer().text(1, tag).message(4, image)));
  }

  /**
   * Writes that the run has reached its end.
   *
   * @param step the last one
   */
  public void finished(long step) {
    write(step, TensorBoardSession.finished(seconds()));
  }

  /**
   * Writes an epoch.
   *
   * @param epoch what it measured; its number is the step
   */
  public void epoch(EpochRecord epoch) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put("lr", epoch.lr());
    scalars.put("train/loss", epoch.trainLoss());
    scalars.put("train/accuracy", epoch.trainAccuracy());
    scalars.put("validation/clean", epoch.validation().clean());
    scalars.put("validation/robust", epoch.validation().robust());
    scalars.put("validation/robustLoss", epoch.validation().robustLoss());
    epoch.test().ifPresent(test -> {
      scalars.put("test/clean", test.clean());
      scalars.put("test/robust", test.robust());
    });
    scalars.put("sparsity/density", epoch.density());
    scalars.put("sparsity/dropFraction", epoch.dropFraction());
    scalars.put("sparsity/explored", epoch.explored());
    scalars.put("imagesPerSecond", epoch.imagesPerSecond());
    scalars(epoch.epoch(), scalars);
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close TensorBoard events", e);
    }
  }

  private double seconds() {
    return clock.millis() / 1000.0;
  }

  private void write(long step, ProtoBuffer summary) {
    try {
      write(new ProtoBuffer().number(2, step).message(5, summary));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write TensorBoard events", e);
    }
  }

  private void write(ProtoBuffer event) throws IOException {
    TfRecord.write(out, event.real(1, seconds()).toBytes());
    out.flush();
  }

  /** Takes the next free second, so that two parts of a run never share a file and their names sort by age. */
  private static OutputStream open(Path folder, long seconds) throws IOException {
    for (long stamp = seconds; ; stamp++) {
      Path file = folder.resolve("events.out.tfevents.%010d.%s.sparrow".formatted(stamp, host()));
      if (!Files.exists(file)) {
        return new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
      }
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9-]", "-");
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
