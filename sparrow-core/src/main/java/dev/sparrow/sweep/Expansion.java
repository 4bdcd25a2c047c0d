package dev.sparrow.sweep;

import dev.sparrow.BadInput;
import dev.sparrow.config.ConfigHash;
import dev.sparrow.config.ConfigSources;
import dev.sparrow.config.IgnoredKeys;
import dev.sparrow.config.RunConfig;
import dev.sparrow.report.SweepIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The runs that a sweep file stands for, in the order in which they are run: seed by seed, so that the first seed's table is whole before
 * the second seed starts, and within a seed value by value of the grid, variant by variant. Runs that compute the same are planned once.
 */
final class Expansion {

  private static final int MOST_RUNS = 10_000;

  private final SweepFile file;
  private final List<Axis> axes;
  private final List<Optional<Variant>> variants;

  private Expansion(SweepFile file) {
    this.file = file;
    this.axes = file.grid().stream().sorted(Comparator.comparing(axis -> !axis.isSeed())).toList();
    this.variants = file.variants().isEmpty() ? List.of(Optional.empty()) : file.variants().stream().map(Optional::of).toList();
  }

  static List<PlannedRun> of(SweepFile file) {
    Expansion expansion = new Expansion(file);
    expansion.requireFeasible();
    Map<String, PlannedRun> byHash = new LinkedHashMap<>();
    for (Map<Axis, Setting> point : expansion.points()) {
      for (Optional<Variant> variant : expansion.variants) {
        PlannedRun run = expansion.run(point, variant);
        byHash.putIfAbsent(run.entry().hash(), run);
      }
    }
    expansion.requireDistinctFolders(byHash.values());
    return List.copyOf(byHash.values());
  }

  private void requireFeasible() {
    double runs = axes.stream().mapToDouble(axis -> axis.values().size()).reduce(variants.size(), (all, values) -> all * values);
    if (runs > MOST_RUNS) {
      throw BadInput.data("sweep", "at most " + MOST_RUNS + " runs", String.format(Locale.ROOT, "%.0f", runs), file.path());
    }
  }

  /** The grid's points, the last axis fastest. */
  private List<Map<Axis, Setting>> points() {
    List<Map<Axis, Setting>> points = List.of(Map.of());
    for (Axis axis : axes) {
      List<Map<Axis, Setting>> longer = new ArrayList<>();
      for (Map<Axis, Setting> point : points) {
        for (Setting value : axis.values()) {
          Map<Axis, Setting> next = new LinkedHashMap<>(point);
          next.put(axis, value);
          longer.add(next);
        }
      }
      points = longer;
    }
    return points;
  }

  private PlannedRun run(Map<Axis, Setting> point, Optional<Variant> variant) {
    List<Setting> own = new ArrayList<>(point.values());
    variant.ifPresent(named -> own.addAll(named.settings()));
    ConfigSources sources = ConfigSources.defaults();
    file.base().forEach(setting -> setting.applyTo(sources));
    own.forEach(setting -> setting.applyTo(sources));
    RunConfig asked = sources.resolve();
    Set<String> ignored = IgnoredKeys.of(asked);
    RunConfig config = IgnoredKeys.reset(asked);

    List<String> tags = new ArrayList<>();
    List<String> seeds = new ArrayList<>();
    tags.add(variant.map(Variant::label).orElse(config.method().label()));
    point.forEach(
        (axis, value) -> {
          boolean overruled = variant.filter(named -> named.sets(axis.keys())).isPresent();
          boolean named = axis.isMethod() && variant.isEmpty();
          if (!overruled && !named && !ignored.containsAll(axis.keys())) {
            (axis.isSeed() ? seeds : tags).add(axis.tag(value));
          }
        });
    String label = String.join(" ", tags);
    tags.addAll(seeds);
    Map<String, String> settings = new LinkedHashMap<>();
    own.forEach(setting -> setting.keys().stream().filter(key -> !ignored.contains(key)).forEach(key -> settings.put(key, setting.text())));
    SweepIndex.Entry entry = new SweepIndex.Entry(label, String.join("-", tags), ConfigHash.of(config), settings);
    return new PlannedRun(String.join(" ", tags), entry, config);
  }

  /** Some file systems do not tell upper from lower case. */
  private void requireDistinctFolders(Iterable<PlannedRun> runs) {
    Set<String> seen = new HashSet<>();
    for (PlannedRun run : runs) {
      if (!seen.add(run.entry().folder().toLowerCase(Locale.ROOT))) {
        throw BadInput.data("run folder", "a name of its own for every run", "'" + run.entry().folder() + "' twice", file.path());
      }
    }
  }
}
