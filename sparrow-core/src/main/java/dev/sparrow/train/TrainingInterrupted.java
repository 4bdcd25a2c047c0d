package dev.sparrow.train;

/** A run stopped on request. Its state is saved and it can be resumed. */
public final class TrainingInterrupted extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TrainingInterrupted() {
    super("training interrupted, state saved");
  }
}
