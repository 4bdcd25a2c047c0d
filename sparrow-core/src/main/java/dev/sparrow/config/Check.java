package dev.sparrow.config;

import dev.sparrow.BadInput;
import java.util.List;

/** Range checks of configuration values. */
final class Check {

  private Check() {}

  static void atLeast(String what, long minimum, long got) {
    if (got < minimum) {
      throw BadInput.usage("--" + what, "a whole number of at least " + minimum, got);
    }
  }

  static void within(String what, double low, double high, double got) {
    if (!(got >= low && got <= high)) {
      throw BadInput.usage("--" + what, "a number in [" + low + ", " + high + "]", got);
    }
  }

  static void positive(String what, double got) {
    if (!(got > 0 && Double.isFinite(got))) {
      throw BadInput.usage("--" + what, "a number above 0", got);
    }
  }

  static void ascending(String what, List<Integer> epochs) {
    for (int i = 0; i < epochs.size(); i++) {
      atLeast(what, i == 0 ? 0 : epochs.get(i - 1) + 1, epochs.get(i));
    }
  }
}
