package dev.sparrow.prune;

import dev.sparrow.data.Batches;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.units.Seed;

/** What scorers look at in tests. */
final class Subjects {

  private Subjects() {}

  /** A network of which every weight is active; lives in the caller's scope. */
  static Subject dense(Classifier model, Batches images) {
    NamedTensors weights = model.parameters().select(model.prunableParameters());
    return new Subject(model, weights.map((name, weight) -> weight.isfinite()), DeviceSpec.CPU, images, new Seed(1));
  }

  /** A mask as digits, row-major; 1 is active. */
  static String text(MaskSet masks, String name) {
    StringBuilder text = new StringBuilder();
    for (boolean active : masks.get(name).toBooleans()) {
      text.append(active ? 1 : 0);
    }
    return text.toString();
  }
}
