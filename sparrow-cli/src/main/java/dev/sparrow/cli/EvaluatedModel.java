package dev.sparrow.cli;

import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.TorchScriptClassifier;

/**
 * A classifier that attacks are tried on, whoever made it. Owns it.
 *
 * @param model the classifier
 * @param architecture what it is, for the result card
 */
record EvaluatedModel(Classifier model, String architecture) implements AutoCloseable {

  /** A network of the library. */
  static EvaluatedModel of(LoadedModel loaded) {
    return new EvaluatedModel(loaded.model(), loaded.info().network().arch().label());
  }

  /** Somebody's program. */
  static EvaluatedModel of(TorchScriptClassifier program) {
    return new EvaluatedModel(program, "TorchScript");
  }

  @Override
  public void close() {
    model.close();
  }
}
