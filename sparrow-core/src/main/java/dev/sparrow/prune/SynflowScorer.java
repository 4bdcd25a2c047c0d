package dev.sparrow.prune;

import dev.sparrow.model.SynapticFlow;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The share of the synaptic flow that passes a weight: {@linkplain SynapticFlow flow} over total flow (Tanaka et al., "Pruning neural
 * networks without any data by iteratively conserving synaptic flow", 2020).
 *
 * <p>Differs from the paper: divided by the total, which changes no ranking and lets the scores of any depth fit into float32.
 */
final class SynflowScorer implements Scorer {

  @Override
  public boolean needsImages() {
    return false;
  }

  @Override
  public NamedTensors scores(Subject subject) {
    try (TensorScope scope = TensorScope.open()) {
      SynapticFlow flow = SynapticFlow.of(subject.libtorch("synflow"));
      double total = flow.total() == 0 ? 1 : flow.total(); // nothing flows through a network that is cut in two
      return scope.keep(flow.flows().map((name, tensor) -> tensor.div(new Scalar(total)).to(ScalarType.Float)));
    }
  }
}
