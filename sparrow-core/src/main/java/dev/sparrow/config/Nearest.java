package dev.sparrow.config;

import java.util.Collection;
import java.util.Comparator;

/** The known key that a mistyped one most likely meant. */
public final class Nearest {

  private Nearest() {}

  /**
   * The closest key by the edit distance of the last names; of equally close ones, the one whose whole path is closest.
   *
   * @param typed the mistyped key
   * @param known the keys that it may have meant, at least one
   * @return one of them
   */
  public static String key(String typed, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.comparingInt((String key) -> distance(last(typed), last(key)))
                .thenComparingInt(key -> distance(typed, key))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  /**
   * The same among two sets of keys.
   *
   * @param typed the mistyped key
   * @param likely keys that it probably meant, at least one
   * @param others keys that it meant only if one of them has a closer last name, at least one
   * @return one of them
   */
  public static String key(String typed, Collection<String> likely, Collection<String> others) {
    String near = key(typed, likely);
    String far = key(typed, others);
    return distance(last(typed), last(far)) < distance(last(typed), last(near)) ? far : near;
  }

  /** Levenshtein's distance: the fewest insertions, deletions and replacements of characters that turn one text into the other. */
  static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }

  private static String last(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
