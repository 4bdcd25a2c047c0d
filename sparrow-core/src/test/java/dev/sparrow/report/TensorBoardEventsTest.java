package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.report.EpochRecord.Validation;
import dev.sparrow.sparse.DensityEvent;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardEventsTest {

  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_500L), ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void maskedChecksum() {
    byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);
    // CRC-32C's published check value is e3069283; rotated right by 15 it is 2507c60d; plus a282ead8 it is c78ab0e5.
    assertThat(TfRecord.maskedChecksum(check, check.length)).isEqualTo(0xc78ab0e5);
  }

  @Test
  void anIndependentReaderFindsVersionStartAndScalars() throws IOException {
    try (TensorBoardEvents events = TensorBoardEvents.create(folder, 3, CLOCK)) {
      events.scalars(3, Map.of("validation/robust", 0.25));
      events.epoch(
          new EpochRecord(300, 0.1, 2, 0.5, new Validation(0.75, 0.5, 1.5), Optional.empty(), 0.25, 0.5, 1, DensityEvent.NONE, 9, 64));
    }
    List<Event> events = Event.readAll(onlyFile());
    assertThat(events).hasSize(4).allSatisfy(event -> assertThat(event.wallTime).isEqualTo(1_700_000_000.5));
    assertThat(events.get(0).version).isEqualTo("brain.Event:2");
    assertThat(events.get(1).step).isEqualTo(3);
    assertThat(events.get(1).sessionStatus).isEqualTo(1);
    assertThat(events.get(2).step).isEqualTo(3);
    assertThat(events.get(2).scalars).isEqualTo(Map.of("validation/robust", 0.25f));
    assertThat(events.get(3).step).isEqualTo(300);
    assertThat(events.get(3).scalars)
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
    TensorBoardEvents.create(folder, 0, CLOCK).close();
    TensorBoardEvents.create(folder, 1, CLOCK).close();
    try (var files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      assertThat(names).hasSize(2);
      assertThat(names.get(0)).matches("events\\.out\\.tfevents\\.1700000000\\.[A-Za-z0-9-]+\\.sparrow");
      assertThat(names.get(1)).matches("events\\.out\\.tfevents\\.1700000001\\.[A-Za-z0-9-]+\\.sparrow");
    }
  }

  @Test
  void aStepIsReadableBeforeTheFileIsClosed() throws IOException {
    try (TensorBoardEvents events = TensorBoardEvents.create(folder, 0, CLOCK)) {
      events.scalars(0, Map.of("lr", 0.5));
      assertThat(Event.readAll(onlyFile())).hasSize(3);
    }
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
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      List<Event> events = new ArrayList<>();
      while (in.hasRemaining()) {
        byte[] length = new byte[8];
        in.duplicate().get(length);
        int size = Math.toIntExact(in.getLong());
        assertThat(in.getInt()).isEqualTo(masked(length));
        byte[] data = new byte[size];
        in.get(data);
        assertThat(in.getInt()).isEqualTo(masked(data));
        events.add(of(ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN)));
      }
      return events;
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
