package dev.sparrow.analysis;

import dev.sparrow.eval.EvaluationProgress;

/** Hears how far an analysis of several evaluations is. May throw to abandon it. */
@FunctionalInterface
public interface AnalysisProgress {

  /** Listens to nothing. */
  AnalysisProgress SILENT = (part, done, total) -> {};

  /**
   * Called before the first batch of a part and after each one.
   *
   * @param part what is being evaluated
   * @param done images evaluated so far in this part
   * @param total all images of this part
   */
  void images(String part, int done, int total);

  /**
   * The progress of one part.
   *
   * @param part its name
   * @return tells this one
   */
  default EvaluationProgress of(String part) {
    return (done, total) -> images(part, done, total);
  }
}
