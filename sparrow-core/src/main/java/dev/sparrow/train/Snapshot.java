package dev.sparrow.train;

import dev.sparrow.mask.MaskSet;
import dev.sparrow.report.AdversarialExamples;
import dev.sparrow.report.Histogram;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the network of some epochs looks like, for TensorBoard. Taking one changes no state and no number of the run.
 *
 * @param weights values by parameter, of sparse parameters those of the active weights; parameters without any are left out
 * @param examples images that the test attack changed
 */
record Snapshot(Map<String, Histogram> weights, AdversarialExamples examples) {

  /** As many as TensorBoard shows of a series of images. */
  private static final int PER_RUN = 10;

  /** Whether an epoch is due: about ten of a run, spread evenly, and the last one. */
  static boolean isDue(int epoch, int epochs) {
    return epoch % Math.max(1, epochs / PER_RUN) == 0 || epoch == epochs - 1;
  }

  /** Looks at the network as it is. */
  static Snapshot of(Trainee trainee, EpochEvaluation evaluation) {
    Map<String, Histogram> weights = new LinkedHashMap<>();
    MaskSet masks = trainee.sparsity().masks();
    trainee.model().parameters().forEach((name, parameter) -> {
      try (TensorScope scope = TensorScope.open()) {
        float[] values = Tensors.toFloats(parameter);
        float[] active = masks.densities().containsKey(name) ? active(values, Tensors.toBooleans(masks.get(name).tensor())) : values;
        if (active.length > 0) {
          weights.put(name, Histogram.of(active));
        }
      }
    });
    return new Snapshot(weights, evaluation.examples());
  }

  private static float[] active(float[] values, boolean[] mask) {
    float[] active = new float[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (mask[i]) {
        active[count++] = values[i];
      }
    }
    return Arrays.copyOf(active, count);
  }
}
