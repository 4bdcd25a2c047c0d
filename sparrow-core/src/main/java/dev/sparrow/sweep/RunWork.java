package dev.sparrow.sweep;

import dev.sparrow.config.RunConfig;
import java.util.Optional;

/**
 * The work of a run: its training, and before it the search for a ticket if it is a Robust Bird.
 *
 * @param search the first stage, if there is one
 * @param training the rest
 */
record RunWork(Optional<RunCost> search, RunCost training) {

  static RunWork of(RunConfig config, ImageCounts images) {
    return new RunWork(RunCost.ofSearch(config, images), RunCost.of(config, images));
  }

  double total() {
    return search.map(RunCost::total).orElse(0.0) + training.total();
  }
}
