package dev.sparrow.sparse;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.NamedTensors;
import java.util.Map;
import java.util.Optional;

/** No masks: every weight is trained. */
final class DenseTraining implements SparsityMethod {

  private final MaskSet masks = MaskSet.empty();

  /** A method without state. */
  public DenseTraining() {}

  @Override
  public void initialize(SparsityStart start) {}

  /** {@inheritDoc} All weights are active. */
  @Override
  public boolean needsDenseGradients(long iteration) {
    return false;
  }

  @Override
  public Optional<TopologyUpdate> afterOptimizerStep(TrainingState state, NamedTensors gradients) {
    return Optional.empty();
  }

  @Override
  public MaskSet masks() {
    return masks;
  }

  @Override
  public double dropFraction() {
    return 0;
  }

  @Override
  public double explored() {
    return 1;
  }

  @Override
  public SparsityState capture() {
    return new SparsityState(JsonNodeFactory.instance.objectNode(), new NamedTensors(Map.of()));
  }

  @Override
  public void restore(Classifier model, SparsityState state) {
    MaskTensors.check(Map.of(), state.tensors());
  }

  @Override
  public void close() {}
}
