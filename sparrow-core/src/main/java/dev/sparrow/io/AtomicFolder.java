package dev.sparrow.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder of files that belong together (a checkpoint's manifest and tensors), replaced as one: after a {@code kill -9} at any moment
 * {@link #current()} finds the complete old or the complete new folder.
 *
 * <p>No file system that Java reaches can exchange two non-empty folders in one step, so the replacement is four steps, and each state
 * between them says by itself which folder counts:
 *
 * <pre>
 *   step                             on disk afterwards           current
 *   0 nothing happened               NAME                         NAME (old)
 *   1 fill .NAME.new, force to disk  NAME (old), .NAME.new        NAME (old): .NAME.new may be half-written
 *   2 move NAME to .NAME.old         .NAME.old, .NAME.new         .NAME.new: step 2 begins only when it is complete
 *   3 move .NAME.new to NAME         NAME (new), .NAME.old        NAME (new)
 *   4 delete .NAME.old               NAME (new)                   NAME (new)
 * </pre>
 *
 * <p>The names inside the folder never change, so paths into it can be handed to other tools; versioned names behind a pointer would
 * break those, and links need privileges on Windows. Reading never changes the disk; the next {@link #replace} clears what a killed one
 * left. One writer at a time; a reader may run beside it, but one that opens several files should check that they belong together.
 */
public final class AtomicFolder {

  /** What has just been done, in this order. */
  enum Step {
    FILLED,
    RETIRED,
    PUBLISHED,
    CLEANED
  }

  private final Path target;
  private final Path fresh;
  private final Path retired;
  private final Consumer<Step> observer;

  /**
   * Names the folder; touches nothing.
   *
   * @param target the folder, which need not exist yet
   */
  public AtomicFolder(Path target) {
    this(target, step -> {});
  }

  /** Lets a test look at the disk after each step. */
  AtomicFolder(Path target, Consumer<Step> observer) {
    this.target = target.toAbsolutePath();
    this.fresh = sibling("new");
    this.retired = sibling("old");
    this.observer = observer;
  }

  /**
   * The complete folder to read from.
   *
   * @return the target; or, when a replacement was killed between its two moves, the hidden folder that was about to become it; empty
   *     when nothing was ever completed
   */
  public Optional<Path> current() {
    if (Files.isDirectory(target)) {
      return Optional.of(target);
    }
    // .NAME.old proves that step 2 was done and therefore step 1 complete; .NAME.new alone may be half of a very first one.
    return Files.isDirectory(retired) && Files.isDirectory(fresh) ? Optional.of(fresh) : Optional.empty();
  }

  /**
   * Replaces the folder.
   *
   * @param filler receives a new empty folder and writes every file into it; their content is forced to disk afterwards
   * @throws IOException if filling fails (the old folder is then untouched) or moving fails ({@link #current()} then still finds one)
   */
  public void replace(IOConsumer<Path> filler) throws IOException {
    recover();
    try {
      Files.createDirectories(fresh);
      filler.accept(fresh);
      syncTree(fresh);
    } catch (IOException | RuntimeException | Error failure) {
      FileTrees.delete(fresh);
      throw failure;
    }
    observer.accept(Step.FILLED);
    publish();
  }

  private void publish() throws IOException {
    boolean replacing = Files.isDirectory(target);
    if (replacing) {
      Files.move(target, retired, StandardCopyOption.ATOMIC_MOVE);
      AtomicFiles.syncFolder(target.getParent());
      observer.accept(Step.RETIRED);
    }
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    AtomicFiles.syncFolder(target.getParent());
    observer.accept(Step.PUBLISHED);
    FileTrees.delete(retired);
    observer.accept(Step.CLEANED);
  }

  /** Finishes or undoes what a killed replacement left, so that only the target remains. */
  private void recover() throws IOException {
    Optional<Path> current = current();
    if (current.isPresent() && !current.get().equals(target)) {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    }
    FileTrees.delete(fresh);
    FileTrees.delete(retired);
  }

  private Path sibling(String role) {
    return target.resolveSibling("." + target.getFileName() + "." + role);
  }

  private static void syncTree(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        if (Files.isDirectory(path)) {
          AtomicFiles.syncFolder(path);
        } else {
          AtomicFiles.syncFile(path);
        }
      }
    }
  }
}
