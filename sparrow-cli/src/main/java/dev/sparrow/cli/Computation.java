package dev.sparrow.cli;

import dev.sparrow.config.RunConfig;
import dev.sparrow.engine.EngineChoice;
import java.util.Locale;

/**
 * How an evaluation was computed, in words.
 *
 * @param device where
 * @param engine what was asked to compute the network
 * @param precision of products
 * @param batchSize images per batch
 * @param seed root of all randomness
 */
record Computation(String device, String engine, String precision, int batchSize, long seed) {

  /** Reads it off a configuration whose engine was chosen. */
  static Computation of(RunConfig config, EngineChoice engine) {
    return new Computation(
        engine.device().toString(),
        engine.kind().label(),
        engine.precision().name().toLowerCase(Locale.ROOT),
        config.batchSize(),
        config.seed().value());
  }
}
