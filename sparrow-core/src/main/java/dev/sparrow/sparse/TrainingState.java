package dev.sparrow.sparse;

import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.units.Seed;
import org.apiguardian.api.API;

/**
 * Where a training run stands, as a sparsity method sees it after an optimizer step.
 *
 * @param model the network in training
 * @param momentum the optimizer's momentum, one tensor per parameter, changed in place
 * @param iteration optimizer steps taken so far over the whole run, counting from 1 after the first
 * @param epoch the current epoch, from 0
 * @param seed root of all randomness
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record TrainingState(Classifier model, NamedTensors momentum, long iteration, int epoch, Seed seed) {}
