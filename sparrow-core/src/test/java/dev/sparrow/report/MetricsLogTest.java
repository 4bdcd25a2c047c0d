package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.report.EpochRecord.Validation;
import dev.sparrow.sparse.DensityEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {

  private static final String LINE_0 =
      "{\"epoch\":0,\"lr\":0.1,\"trainLoss\":2.25,\"trainAccuracy\":0.125,\"validation\":{\"clean\":0.25,\"robust\":0.2,\"robustLoss\":2.5},"
          + "\"density\":0.2,\"dropFraction\":0.5,\"explored\":0.3,\"event\":\"none\",\"seconds\":12.5,\"imagesPerSecond\":80.0}\n";
  private static final String LINE_1 =
      "{\"epoch\":1,\"lr\":0.1,\"trainLoss\":2.25,\"trainAccuracy\":0.125,\"validation\":{\"clean\":0.25,\"robust\":0.2,\"robustLoss\":2.5},"
          + "\"test\":{\"clean\":0.5,\"robust\":0.375},"
          + "\"density\":0.2,\"dropFraction\":0.5,\"explored\":0.3,\"event\":\"both\",\"seconds\":12.5,\"imagesPerSecond\":80.0}\n";

  @TempDir Path folder;

  private static EpochRecord epoch(int epoch, Optional<EpochRecord.Test> test, DensityEvent event) {
    return new EpochRecord(epoch, 0.1, 2.25, 0.125, new Validation(0.25, 0.2, 2.5), test, 0.2, 0.5, 0.3, event, 12.5, 80);
  }

  private static EpochRecord first() {
    return epoch(0, Optional.empty(), DensityEvent.NONE);
  }

  private static EpochRecord second() {
    return epoch(1, Optional.of(new EpochRecord.Test(0.5, 0.375)), DensityEvent.BOTH);
  }

  private Path written() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    try (MetricsLog log = MetricsLog.open(file, 0)) {
      log.append(first());
      log.append(second());
      assertThat(log.records()).containsExactly(first(), second());
    }
    assertThat(file).hasContent((LINE_0 + LINE_1).strip());
    return file;
  }

  @Test
  void writesTheContractsKeysAndReadsThemBack() throws IOException {
    Path file = written();
    assertThat(Files.readString(file)).isEqualTo(LINE_0 + LINE_1);
    assertThat(MetricsLog.read(file)).containsExactly(first(), second());
  }

  @Test
  void resumeCutsTheEpochsThatWillBeMeasuredAgain() throws IOException {
    Path file = written();
    try (MetricsLog log = MetricsLog.open(file, 1)) {
      assertThat(log.records()).containsExactly(first());
      assertThat(file).hasContent(LINE_0.strip());
      log.append(epoch(1, Optional.empty(), DensityEvent.GROW));
    }
    assertThat(MetricsLog.read(file)).containsExactly(first(), epoch(1, Optional.empty(), DensityEvent.GROW));
  }

  @Test
  void aHalfWrittenLastLineIsNoEpoch() throws IOException {
    Path file = written();
    Files.writeString(file, "{\"epoch\":2,\"lr\":0.", StandardOpenOption.APPEND);
    assertThat(MetricsLog.read(file)).containsExactly(first(), second());
    MetricsLog.open(file, 2).close();
    assertThat(Files.readString(file)).isEqualTo(LINE_0 + LINE_1);
  }

  @Test
  void startingAfreshEmptiesTheLog() throws IOException {
    Path file = written();
    try (MetricsLog log = MetricsLog.open(file, 0)) {
      assertThat(log.records()).isEmpty();
    }
    assertThat(file).isEmptyFile();
  }

  @Test
  void badLogs() throws IOException {
    Path missing = folder.resolve("missing.jsonl");
    assertThatThrownBy(() -> MetricsLog.read(missing)).hasMessage("file: expected the metrics of a run, got nothing (%s)", missing);
    Path file = written();
    assertThatThrownBy(() -> MetricsLog.open(file, 3)).hasMessage("metrics: expected 3 epochs before the one to resume at, got 2 (%s)", file);
    Path gap = Files.writeString(folder.resolve("gap.jsonl"), LINE_1);
    assertThatThrownBy(() -> MetricsLog.read(gap)).hasMessage("epoch: expected 0, got 1 (%s, line 1)", gap);
    Path damaged = Files.writeString(folder.resolve("damaged.jsonl"), LINE_0 + LINE_1.replace("0.375", "zero"));
    assertThatThrownBy(() -> MetricsLog.read(damaged)).isInstanceOf(BadInput.class).hasMessageContaining("damaged.jsonl, line 2");
    Path lacking = Files.writeString(folder.resolve("lacking.jsonl"), LINE_0.replace("\"lr\":0.1,", ""));
    assertThatThrownBy(() -> MetricsLog.read(lacking)).isInstanceOf(BadInput.class).hasMessageContaining("lacking.jsonl, line 1");
    Path unknown = Files.writeString(folder.resolve("unknown.jsonl"), LINE_0.replace("\"lr\"", "\"rl\":1,\"lr\""));
    assertThatThrownBy(() -> MetricsLog.read(unknown))
        .hasMessageStartingWith("key: expected one of density, dropFraction, epoch")
        .hasMessageEndingWith(", got 'rl' (%s, line 1)", unknown);
  }

  @Test
  void appendingOutOfOrderIsAMistake() throws IOException {
    try (MetricsLog log = MetricsLog.open(folder.resolve("metrics.jsonl"), 0)) {
      EpochRecord late = second();
      assertThatThrownBy(() -> log.append(late)).isInstanceOf(IllegalArgumentException.class).hasMessage("epoch: expected 0, got 1");
      assertThat(List.of()).isEqualTo(log.records());
    }
  }
}
