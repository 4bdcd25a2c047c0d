package dev.sparrow.prune;

import dev.sparrow.BadInput;
import dev.sparrow.data.Batches;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Scoring and pruning in turn: every round scores what the round before left active and keeps the best of it, until the last one reaches
 * the target. One round is one-shot pruning.
 *
 * <pre>
 * for round = 1 to R:
 *   scores = scorer(model)                       // pruned weights are zero
 *   active = largest of the active scores at density^(round / R)
 *   weights *= active
 * weights = as they were
 * </pre>
 *
 * <p>Source of the schedule: Tanaka et al. (2020), algorithm 1.
 */
record PruningRounds(Scorer scorer, Selection selection, int rounds) {

  /** Makes masks, owned by the caller; the weights are masked in between and put back afterwards. */
  MaskSet run(Classifier model, DeviceSpec device, Batches images, Seed seed) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors weights = model.parameters().select(model.prunableParameters());
      NamedTensors original = weights.map((name, weight) -> weight.clone());
      NamedTensors active = weights.map((name, weight) -> allActive(weight));
      Subject subject = new Subject(model, active, device, images, seed);
      try {
        for (int round = 1; round <= rounds; round++) {
          prune(subject, weights, round / (double) rounds);
        }
      } finally {
        weights.forEach((name, weight) -> weight.copy_(original.get(name)));
      }
      return MaskSet.copyOf(active);
    }
  }

  private void prune(Subject subject, NamedTensors weights, double progress) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors scores = scorer.scores(subject);
      checkFinite(scores);
      NamedTensors candidates = scores.map((name, tensor) -> withoutInactive(tensor, subject.active().get(name)));
      NamedTensors selected = selection.select(candidates, target -> new Density(Math.pow(target.value(), progress)));
      subject.active().forEach((name, tensor) -> tensor.copy_(selected.get(name)));
      weights.forEach((name, weight) -> weight.mul_(subject.active().get(name)));
    }
  }

  private static void checkFinite(NamedTensors scores) {
    scores.forEach(
        (name, tensor) -> {
          try (TensorScope scope = TensorScope.open()) {
            if (!tensor.isfinite().all().item_bool()) {
              throw BadInput.data("scores", "finite numbers", "NaN or infinity", name);
            }
          }
        });
  }

  private static Tensor allActive(Tensor weight) {
    return BlankTensors.zeros(ScalarType.Bool, weight.device(), Tensors.shape(weight)).logical_not_();
  }

  private static Tensor withoutInactive(Tensor scores, Tensor active) {
    return scores.masked_fill(active.logical_not(), new Scalar(Double.NEGATIVE_INFINITY));
  }
}
