package dev.sparrow.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.sparrow.BadInput;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code sweep.json}: the runs of a sweep, in the order in which they are run and reported.
 *
 * @param version the layout, 1
 * @param runs the runs; no two share a folder or a hash
 */
@JsonPropertyOrder({"version", "runs"})
public record SweepIndex(int version, List<Entry> runs) {

  /** The layout that this Sparrow writes. */
  public static final int VERSION = 1;

  /** Refuses the files of a later Sparrow, and runs that are in each other's way. */
  public SweepIndex {
    if (version < 1 || version > VERSION) {
      throw BadInput.data("version", "1 to " + VERSION, version, "sweep.json");
    }
    runs = List.copyOf(runs);
    Set<String> seen = new HashSet<>();
    for (Entry run : runs) {
      requireNew("run folder", run.folder(), seen);
      requireNew("hash", run.hash(), seen);
    }
  }

  private static void requireNew(String what, String value, Set<String> seen) {
    if (!seen.add(value)) {
      throw BadInput.data(what, "one of its own for every run", "'" + value + "' twice", "sweep.json");
    }
  }

  /**
   * An index of this version.
   *
   * @param runs the runs
   * @return the index
   */
  public static SweepIndex of(List<Entry> runs) {
    return new SweepIndex(VERSION, runs);
  }

  /**
   * The run of a configuration.
   *
   * @param hash of {@link dev.sparrow.config.ConfigHash}
   * @return the run, if the sweep has it
   */
  public Optional<Entry> ofHash(String hash) {
    return runs.stream().filter(run -> run.hash().equals(hash)).findFirst();
  }

  /**
   * One run.
   *
   * @param label what a table calls it; runs that differ in their seeds only share a label
   * @param folder its run folder, a name within the sweep folder
   * @param hash of its configuration
   * @param settings what the sweep file sets for it beyond the common base, by dotted key
   */
  @JsonPropertyOrder({"label", "folder", "hash", "settings"})
  public record Entry(String label, String folder, String hash, Map<String, String> settings) {

    /** Keeps the order of the settings. */
    public Entry {
      if (folder.isEmpty() || folder.startsWith(".") || folder.contains("/") || folder.contains("\\")) {
        throw BadInput.data("run folder", "the name of a folder in the sweep folder", "'" + folder + "'", "sweep.json");
      }
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
  }
}
