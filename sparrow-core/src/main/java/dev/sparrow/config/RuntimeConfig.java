package dev.sparrow.config;

import org.apiguardian.api.API;

/**
 * Where and how a run computes.
 *
 * @param device {@code cpu}, {@code cuda}, {@code cuda:N} or {@code auto}
 * @param engine what computes the network
 * @param precision arithmetic of convolutions and products
 * @param threads threads of the computation, 0 for all processors
 * @param checkpointEvery iterations between checkpoints within an epoch, 0 for epoch boundaries only
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record RuntimeConfig(String device, EngineKind engine, PrecisionChoice precision, int threads, int checkpointEvery) {

  /** Everything automatic, save the engine: another one rounds differently, and is to be asked for. */
  public static final RuntimeConfig DEFAULT = new RuntimeConfig("auto", EngineKind.DENSE, PrecisionChoice.AUTO, 0, 0);

  /** Checks the ranges. */
  public RuntimeConfig {
    Check.atLeast("threads", 0, threads);
    Check.atLeast("checkpoint-every", 0, checkpointEvery);
  }
}
