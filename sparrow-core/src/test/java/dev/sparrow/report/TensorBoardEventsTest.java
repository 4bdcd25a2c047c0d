package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.config.ConfigFile;
import dev.sparrow.config.ConfigSources;
import dev.sparrow.config.RunConfig;
import dev.sparrow.report.EpochRecord.Validation;
import dev.sparrow.sparse.DensityEvent;
import dev.sparrow.testing.ProtoFields;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardEventsTest {

  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_500L), ZoneOffset.UTC);

  private static final RunConfig CONFIG = ConfigSources.defaults().set("method=flying-bird").set("optimizer.lr=0.25").resolve();

  @TempDir Path folder;

  @Test
  void maskedChecksum() {
    byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);
    // CRC-32C's published check value is e3069283; rotated right by 15 it is 2507c60d; plus a282ead8 it is c78ab0e5.
    assertThat(TfRecord.maskedChecksum(check, check.length)).isEqualTo(0xc78ab0e5);
  }

  @Test
  void anIndependentReaderFindsVersionStartAndScalars() throws IOException {
    try (TensorBoardEvents events = TensorBoardEvents.create(folder, CONFIG, 3, CLOCK)) {
      events.scalars(3, Map.of("validation/robust", 0.25));
      events.epoch(
          new EpochRecord(300, 0.1, 2, 0.5, new Validation(0.75, 0.5, 1.5), Optional.empty(), 0.25, 0.5, 1, DensityEvent.NONE, 9, 64));
    }
    List<Event> events = Event.readAll(onlyFile());
    assertThat(events).hasSize(5).allSatisfy(event -> assertThat(event.wallTime).isEqualTo(1_700_000_000.5));
    assertThat(events.get(0).version).isEqualTo("brain.Event:2");
    assertThat(events.get(1).step).isEqualTo(3);
    assertThat(events.get(1).sessionStatus).isEqualTo(1);
    assertThat(events.get(3).step).isEqualTo(3);
    assertThat(events.get(3).scalars).isEqualTo(Map.of("validation/robust", 0.25f));
    assertThat(events.get(4).step).isEqualTo(300);
    assertThat(events.get(4).scalars)
        .containsEntry("lr", 0.1f)
        .containsEntry("train/loss", 2f)
        .containsEntry("train/accuracy", 0.5f)
        .containsEntry("validation/clean", 0.75f)
        .containsEntry("validation/robust", 0.5f)
        .containsEntry("validation/robustLoss", 1.5f)
        .containsEntry("sparsity/density", 0.25f)
        .containsEntry("sparsity/dropFraction", 0.5f)
        .containsEntry("sparsity/explored", 1f)
        .containsEntry("imagesPerSecond", 64f)
        .hasSize(10);
  }

  @Test
  void partsOfARunNeverShareAFile() throws IOException {
    TensorBoardEvents.create(folder, CONFIG, 0, CLOCK).close();
    TensorBoardEvents.create(folder, CONFIG, 1, CLOCK).close();
    try (var files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      assertThat(names).hasSize(2);
      assertThat(names.get(0)).matches("events\\.out\\.tfevents\\.1700000000\\.[A-Za-z0-9-]+\\.sparrow");
      assertThat(names.get(1)).matches("events\\.out\\.tfevents\\.1700000001\\.[A-Za-z0-9-]+\\.sparrow");
    }
  }

  @Test
  void aStepIsReadableBeforeTheFileIsClosed() throws IOException {
    try (TensorBoardEvents events = TensorBoardEvents.create(folder, CONFIG, 0, CLOCK)) {
      events.scalars(0, Map.of("lr", 0.5));
      assertThat(Event.readAll(onlyFile())).hasSize(4);
    }
  }

  @Test
  void hyperParametersAreASessionOfThePlugin() throws IOException {
    try (TensorBoardEvents events = TensorBoardEvents.create(folder, CONFIG, 0, CLOCK)) {
      events.finished(7);
    }
    List<ProtoFields> values = summaries().get(0);
    assertThat(values).extracting(value -> value.text(1)).containsExactly("_hparams_/experiment", "_hparams_/session_start_info");
    ProtoFields experiment = pluginData(values.get(0)).message(2);
    assertThat(experiment.real(3)).isEqualTo(1_700_000_000.5);
    Map<String, Long> types = new TreeMap<>();
    experiment.messages(4).forEach(info -> types.put(info.text(1), info.number(4)));
    // Strings are of type 1, booleans of 2, numbers of 3.
    assertThat(types).containsEntry("method", 1L).containsEntry("trainAttack.randomStart", 2L).containsEntry("optimizer.lr", 3L);
    assertThat(experiment.messages(5)).extracting(metric -> metric.message(1).text(2))
        .containsExactly("validation/robust", "validation/clean", "test/robust", "test/clean");

    ProtoFields start = pluginData(values.get(1)).message(3);
    assertThat(start.real(5)).isEqualTo(1_700_000_000.5);
    Map<String, ProtoFields> settings = new TreeMap<>();
    start.messages(1).forEach(entry -> settings.put(entry.text(1), entry.message(2)));
    assertThat(settings.keySet()).isEqualTo(types.keySet()).isEqualTo(new TreeSet<>(ConfigFile.values(CONFIG).keySet()));
    assertThat(settings.get("method").text(3)).isEqualTo("flying-bird");
    assertThat(settings.get("optimizer.lr").real(2)).isEqualTo(0.25);
    assertThat(settings.get("trainAttack.randomStart").number(4)).isEqualTo(1);
    assertThat(settings.get("sparsity.dynamicFrequency").number(4)).isZero();

    List<ProtoFields> last = summaries().get(1);
    assertThat(last.get(0).text(1)).isEqualTo("_hparams_/session_end_info");
    ProtoFields end = pluginData(last.get(0)).message(4);
    assertThat(end.number(1)).as("success").isEqualTo(1);
    assertThat(end.real(2)).isEqualTo(1_700_000_000.5);
  }

  @Test
  void histogramsAndPictures() throws IOException {
    BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(2, 1, 0x123456);
    try (TensorBoardEvents events = TensorBoardEvents.create(folder, CONFIG, 0, CLOCK)) {
      events.histograms(4, Map.of("weights/conv1.weight", Histogram.of(new float[] {-1, 0, 0, 2})));
      events.picture(4, "adversarial", picture);
    }
    ProtoFields value = summaries().get(1).get(0);
    assertThat(value.text(1)).isEqualTo("weights/conv1.weight");
    ProtoFields histogram = value.message(5);
    assertThat(List.of(histogram.real(1), histogram.real(2), histogram.real(3), histogram.real(4), histogram.real(5)))
        .as("min, max, count, sum, sum of squares")
        .containsExactly(-1.0, 2.0, 4.0, 1.0, 5.0);
    double[] limits = doubles(histogram.data(6));
    double[] counts = doubles(histogram.data(7));
    assertThat(limits).hasSize(60).isSorted().endsWith(2.0);
    assertThat(counts).hasSize(60);
    // Buckets of 3 / 60: -1 is in the first, 0 in the twenty-first, 2 in the last.
    assertThat(new double[] {counts[0], counts[20], counts[59]}).containsExactly(1, 2, 1);

    ProtoFields image = summaries().get(2).get(0).message(4);
    assertThat(summaries().get(2).get(0).text(1)).isEqualTo("adversarial");
    assertThat(List.of(image.number(1), image.number(2), image.number(3))).as("height, width, RGB").containsExactly(2L, 3L, 3L);
    ByteBuffer png = image.data(4);
    byte[] bytes = new byte[png.remaining()];
    png.get(bytes);
    assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getRGB(2, 1)).isEqualTo(0xff123456);
  }

  @Test
  void equalValuesAreOneBucket() {
    Histogram histogram = Histogram.of(new float[] {0.5f, 0.5f});
    assertThat(histogram.limits()).containsExactly(0.5);
    assertThat(histogram.counts()).containsExactly(2);
  }

  /** The values of every summary, read without the writer's help. */
  private List<List<ProtoFields>> summaries() throws IOException {
    return Event.records(onlyFile()).stream()
        .map(record -> ProtoFields.parse(ByteBuffer.wrap(record)))
        .filter(event -> event.has(5))
        .map(event -> event.message(5).messages(1))
        .toList();
  }

  /** The plug-in's message in a value's metadata. */
  private static ProtoFields pluginData(ProtoFields value) {
    ProtoFields plugin = value.message(9).message(1);
    assertThat(plugin.text(1)).isEqualTo("hparams");
    ProtoFields data = plugin.message(2);
    assertThat(data.number(1)).as("version of the plug-in's data").isZero();
    return data;
  }

  private static double[] doubles(ByteBuffer packed) {
    double[] values = new double[packed.remaining() / Double.BYTES];
    packed.asDoubleBuffer().get(values);
    return values;
  }

  private Path onlyFile() throws IOException {
    try (var files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }

  /** A reader of {@code event.proto} written from its text, with a bitwise CRC. */
  private static final class Event {

    private double wallTime;
    private long step;
    private String version = "";
    private int sessionStatus;
    private final Map<String, Float> scalars = new TreeMap<>();

    static List<Event> readAll(Path file) throws IOException {
      List<Event> events = new ArrayList<>();
      records(file).forEach(data -> events.add(of(ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN))));
      return events;
    }

    static List<byte[]> records(Path file) throws IOException {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      List<byte[]> records = new ArrayList<>();
      while (in.hasRemaining()) {
        byte[] length = new byte[8];
        in.duplicate().get(length);
        int size = Math.toIntExact(in.getLong());
        assertThat(in.getInt()).isEqualTo(masked(length));
        byte[] data = new byte[size];
        in.get(data);
        assertThat(in.getInt()).isEqualTo(masked(data));
        records.add(data);
      }
      return records;
    }

    private static Event of(ByteBuffer in) {
      Event event = new Event();
      while (in.hasRemaining()) {
        switch (in.get()) {
          case 0x09 -> event.wallTime = in.getDouble();
          case 0x10 -> event.step = varint(in);
          case 0x1a -> event.version = text(in);
          case 0x2a -> event.summary(nested(in));
          case 0x3a -> {
            ByteBuffer session = nested(in);
            assertThat(session.get()).isEqualTo((byte) 0x08);
            event.sessionStatus = (int) varint(session);
          }
          default -> throw new AssertionError("unknown field");
        }
      }
      return event;
    }

    private void summary(ByteBuffer in) {
      while (in.hasRemaining()) {
        assertThat(in.get()).isEqualTo((byte) 0x0a);
        ByteBuffer value = nested(in);
        assertThat(value.get()).isEqualTo((byte) 0x0a);
        String tag = text(value);
        if (tag.startsWith("_hparams_/")) {
          continue; // read field by field in a test of its own
        }
        assertThat(value.get()).isEqualTo((byte) 0x15);
        scalars.put(tag, value.getFloat());
        assertThat(value.hasRemaining()).isFalse();
      }
    }

    private static ByteBuffer nested(ByteBuffer in) {
      byte[] bytes = new byte[(int) varint(in)];
      in.get(bytes);
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String text(ByteBuffer in) {
      return new String(nested(in).array(), StandardCharsets.UTF_8);
    }

    private static long varint(ByteBuffer in) {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = in.get();
        value |= (next & 0x7FL) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }

    private static int masked(byte[] data) {
      int crc = ~0;
      for (byte b : data) {
        crc ^= b & 0xff;
        for (int bit = 0; bit < 8; bit++) {
          crc = crc >>> 1 ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
        }
      }
      crc = ~crc;
      return (crc >>> 15 | crc << 17) + 0xa282ead8;
    }
  }
}
