package dev.sparrow.eval;

/** An evaluation was asked to stop, and has saved its state where it has a place for it. */
public final class EvaluationInterrupted extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says so. */
  EvaluationInterrupted() {
    super("the evaluation was stopped");
  }
}
