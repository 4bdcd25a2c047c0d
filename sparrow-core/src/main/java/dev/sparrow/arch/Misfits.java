package dev.sparrow.arch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * In what the tensors of a file differ from those of a network.
 *
 * @param missing names that the file does not have, sorted
 * @param unexpected names that the network does not have, sorted
 * @param misshapen names with what was expected and what the file has, in the network's order
 */
public record Misfits(List<String> missing, List<String> unexpected, List<String> misshapen) {

  /** Copies the lists. */
  public Misfits {
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
    misshapen = List.copyOf(misshapen);
  }

  /**
   * Compares two sets of tensors.
   *
   * @param <K> what is known of a tensor; compared and printed
   * @param wanted the network's, by name
   * @param got the file's, by name
   * @return every difference
   */
  public static <K> Misfits of(Map<String, K> wanted, Map<String, K> got) {
    TreeSet<String> missing = new TreeSet<>(wanted.keySet());
    missing.removeAll(got.keySet());
    TreeSet<String> unexpected = new TreeSet<>(got.keySet());
    unexpected.removeAll(wanted.keySet());
    List<String> misshapen = new ArrayList<>();
    wanted.forEach(
        (name, expected) -> {
          if (got.containsKey(name) && !expected.equals(got.get(name))) {
            misshapen.add(name + " (expected " + expected + ", got " + got.get(name) + ")");
          }
        });
    return new Misfits(List.copyOf(missing), List.copyOf(unexpected), misshapen);
  }

  /**
   * How many there are.
   *
   * @return 0 if the file fits
   */
  public int count() {
    return missing.size() + unexpected.size() + misshapen.size();
  }

  /** All of them, in the words of an error message. */
  @Override
  public String toString() {
    return "missing " + missing + ", unexpected " + unexpected + ", mis-shaped " + misshapen;
  }
}
