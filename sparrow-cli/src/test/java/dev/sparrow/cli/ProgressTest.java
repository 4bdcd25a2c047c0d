package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Progress as lines, by a clock that the test turns. */
class ProgressTest {

  private final StringWriter text = new StringWriter();
  private final AtomicLong clock = new AtomicLong();
  private final PlainDisplay display = new PlainDisplay(new PrintWriter(text), clock::get);

  private void pass(long seconds) {
    clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void quickWorkIsSilent() {
    pass(9);
    display.progress("epoch 1/2", 1, 10, "loss 2");
    assertThat(text.toString()).isEmpty();
  }

  @Test
  void aLineEveryTenSeconds() {
    for (int i = 1; i <= 25; i++) {
      pass(1);
      display.progress("epoch 1/2", i, 25, i < 20 ? "loss 2" : "");
    }
    assertThat(text.toString().lines()).containsExactly("  epoch 1/2: 10/25, loss 2", "  epoch 1/2: 20/25");
  }

  @Test
  void anyLineCountsAsASignOfLife() {
    pass(9);
    display.line("epoch 1/2: done");
    pass(9);
    display.progress("epoch 2/2", 1, 10, "");
    assertThat(text.toString().lines()).containsExactly("epoch 1/2: done");
  }

  @Test
  void remainingTimeIsProportional() {
    RemainingTime remaining = new RemainingTime(10, clock::get);
    pass(30);
    assertThat(remaining.after(3)).isEqualTo(Duration.ofSeconds(70));
    assertThat(remaining.after(10)).isZero();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      0 | 0 s
      89 | 89 s
      90 | 2 min
      5399 | 1 h 30 min
      11100 | 3 h 05 min
      """)
  void durationsAreRough(long seconds, String expected) {
    assertThat(Texts.duration(Duration.ofSeconds(seconds))).isEqualTo(expected);
  }
}
