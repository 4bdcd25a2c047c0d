package dev.sparrow.cli;

import dev.sparrow.eval.CascadeResult;
import dev.sparrow.eval.CascadeStore;
import dev.sparrow.eval.OutcomesFile;
import dev.sparrow.io.AtomicFiles;
import dev.sparrow.io.Json;
import dev.sparrow.report.EvaluationFolder;
import dev.sparrow.report.ResultCard;
import dev.sparrow.report.RunLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** An evaluation's folder while it is being written to, if it has one, and the files that were asked for elsewhere. */
final class EvaluationSession implements AutoCloseable {

  private final EvaluationPlace place;
  private final Optional<EvaluationFolder> folder;
  private final Optional<RunLock> lock;

  /**
   * Takes the folder.
   *
   * @param place where else files go
   * @param folder empty if nothing is kept
   */
  EvaluationSession(EvaluationPlace place, Optional<EvaluationFolder> folder) {
    this.place = place;
    this.folder = folder;
    this.lock = folder.map(EvaluationFolder::lock);
  }

  /** Where the state is kept. */
  CascadeStore store() {
    return folder.map(EvaluationFolder::state).map(CascadeStore::in).orElseGet(CascadeStore::none);
  }

  /** What to say when the evaluation was stopped. */
  String stopped() {
    return folder.isPresent()
        ? "stopped, state saved in " + folder.get().root() + "; continue with the same command"
        : "stopped, nothing saved; with --save-dir DIR the same command could go on";
  }

  /**
   * Writes results wherever they go.
   *
   * @param result which attack broke which image
   * @param card the card
   * @param settings the text of a settings file with which the same evaluation starts again
   * @return where the card is; empty if nowhere
   * @throws IOException if writing fails
   */
  Optional<Path> write(CascadeResult result, ResultCard card, String settings) throws IOException {
    if (folder.isPresent()) {
      AtomicFiles.write(folder.get().settings(), settings);
    }
    for (Path file : both(folder.map(EvaluationFolder::outcomes), place.outcomes())) {
      OutcomesFile.write(file, result);
    }
    for (Path file : both(folder.map(EvaluationFolder::card), place.card())) {
      AtomicFiles.write(file, Json.pretty(card));
    }
    return place.card().or(() -> folder.map(EvaluationFolder::card));
  }

  private static Iterable<Path> both(Optional<Path> one, Optional<Path> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  @Override
  public void close() {
    lock.ifPresent(RunLock::close);
  }
}
