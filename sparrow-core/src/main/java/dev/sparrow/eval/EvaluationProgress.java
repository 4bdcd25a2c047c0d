package dev.sparrow.eval;

import org.apiguardian.api.API;

/** Hears how far an evaluation is. May throw to abandon it: an evaluation changes nothing. */
@FunctionalInterface
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface EvaluationProgress {

  /** Listens to nothing. */
  EvaluationProgress SILENT = (done, total) -> {};

  /**
   * Called before the first batch and after each one.
   *
   * @param done images evaluated so far
   * @param total all images
   */
  void images(int done, int total);
}
