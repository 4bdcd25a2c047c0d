package dev.sparrow.report;

import java.util.Locale;

/** How numbers of a kind are printed for people: {@code 51.10 ± 0.21}, and the mean alone where the deviation is unknown or rounds to zero. */
enum Unit {
  /** Fractions in percent, with two decimals as in the paper. */
  PERCENT {
    @Override
    String text(Sample sample) {
      return fixed(sample, "%.2f", 100);
    }
  },
  /** Floating-point operations: {@code 1.234e+15}, {@code (1.234 ± 0.056)e+15}. */
  FLOPS {
    @Override
    String text(Sample sample) {
      String mean = String.format(Locale.ROOT, "%.3e", sample.mean());
      String power = mean.substring(mean.indexOf('e'));
      String text = fixed(sample, "%.3f", Math.pow(10, -Integer.parseInt(power.substring(1))));
      return (text.contains(PLUS_MINUS) ? "(" + text + ")" : text) + power;
    }
  },
  /** Seconds and epochs with one decimal. */
  DECIMAL {
    @Override
    String text(Sample sample) {
      return fixed(sample, "%.1f", 1);
    }
  },
  /** Of how many runs something is true: {@code 2 of 3}. */
  SHARE {
    @Override
    String text(Sample sample) {
      return Math.round(sample.mean() * sample.n()) + " of " + sample.n();
    }
  };

  private static final String PLUS_MINUS = " \u00b1 ";

  /** The mean and its deviation. */
  abstract String text(Sample sample);

  private static String fixed(Sample sample, String pattern, double scale) {
    String mean = unsignedZero(String.format(Locale.ROOT, pattern, scale * sample.mean()));
    return mean
        + sample.deviation()
            .map(deviation -> String.format(Locale.ROOT, pattern, scale * deviation))
            .filter(deviation -> !isZero(deviation))
            .map(deviation -> PLUS_MINUS + deviation)
            .orElse("");
  }

  private static String unsignedZero(String number) {
    return isZero(number) ? number.replace("-", "") : number;
  }

  private static boolean isZero(String number) {
    return number.matches("-?[0.]+");
  }
}
