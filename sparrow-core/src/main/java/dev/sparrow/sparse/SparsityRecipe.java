package dev.sparrow.sparse;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.config.RunConfig;
import org.apiguardian.api.API;

/** Makes the sparsity method of a run. Those that have names are made by {@link SparsityMethods#create}. */
@API(status = API.Status.MAINTAINED, since = "0.1")
@FunctionalInterface
public interface SparsityRecipe {

  /**
   * Makes a method; called once per run, and once again when it is resumed.
   *
   * @param config the run's configuration
   * @param blueprint the network that is trained
   * @param iterationsPerEpoch optimizer steps per epoch
   * @return a new method, closed by the run
   */
  SparsityMethod create(RunConfig config, Blueprint blueprint, long iterationsPerEpoch);
}
