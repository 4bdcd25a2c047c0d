package dev.sparrow.engine;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.io.AtomicFiles;
import dev.sparrow.io.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which placement was chosen at which level of sparsity, in memory and, for a run, in a file. So a resumed run computes with the engines of
 * the interrupted one, and a level that is met again with those of the first time.
 *
 * <p>Level 0 is where the network was when it was first restricted. From one level to the next the fraction of its multiplications that is
 * left falls by {@value #STEP}. A level follows from the masks and that beginning alone, not from the way in between.
 */
final class PlacementJournal {

  private static final double STEP = 1.5;

  /**
   * What the file holds.
   *
   * @param beginning fraction of the multiplications at level 0
   * @param placements label of the placement by level
   */
  private record Content(double beginning, Map<Integer, String> placements) {}

  private final Blueprint blueprint;
  private final Optional<Path> file;
  private Optional<Content> content;

  /**
   * Opens a journal.
   *
   * @param blueprint the network
   * @param file where it is kept; need not exist yet
   * @throws dev.sparrow.BadInput if the file is damaged
   */
  PlacementJournal(Blueprint blueprint, Optional<Path> file) {
    this.blueprint = blueprint;
    this.file = file;
    this.content = file.filter(Files::exists).map(stored -> Json.read(stored, Content.class));
  }

  /** The level of a fraction of the multiplications, above 0; the first one that is asked for is the beginning. */
  int level(double fraction) {
    Content known = content.orElseGet(() -> new Content(fraction, Map.of()));
    content = Optional.of(known);
    return (int) Math.rint(Math.log(known.beginning() / fraction) / Math.log(STEP));
  }

  /**
   * What was chosen at a level.
   *
   * @throws dev.sparrow.BadInput if it is no placement of the network
   */
  Optional<Placement> recall(int level) {
    return content.map(known -> known.placements().get(level)).map(label -> Placement.parse(label, blueprint));
  }

  /** Keeps what was chosen at a level of {@link #level}. */
  void keep(int level, Placement placement) {
    Content before = content.orElseThrow();
    Map<Integer, String> placements = new TreeMap<>(before.placements());
    placements.put(level, placement.label());
    Content after = new Content(before.beginning(), placements);
    content = Optional.of(after);
    file.ifPresent(target -> write(target, after));
  }

  private static void write(Path target, Content content) {
    try {
      AtomicFiles.write(target, Json.pretty(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
