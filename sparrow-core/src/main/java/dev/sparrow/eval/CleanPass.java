package dev.sparrow.eval;

import dev.sparrow.attack.AttackRunner;
import dev.sparrow.data.Batch;
import dev.sparrow.data.BatchLoader;
import dev.sparrow.data.Batches;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.TensorScope;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The stage before all attacks: images that are misclassified as they are fall. */
final class CleanPass {

  private CleanPass() {}

  /** The labels of all images. */
  static long[] labels(Batches images) {
    return IntStream.range(0, images.count()).mapToObj(index -> images.get(index).labels()).flatMapToLong(LongStream::of).toArray();
  }

  /**
   * Classifies all images, and checks that they can be attacked.
   *
   * @param setting the network, in evaluation mode
   * @param images all images
   * @param outcomes of which all stand, changed
   * @param listener hears of every batch
   */
  static void run(CascadeSetting setting, Batches images, Outcomes outcomes, CascadeListener listener) {
    AttackRunner runner = new AttackRunner(setting.model());
    int seen = 0;
    try (BatchLoader loader = new BatchLoader(images, 0, 1)) {
      while (loader.hasNext()) {
        Batch batch = loader.next();
        try (TensorScope scope = TensorScope.open()) {
          DeviceBatch tensors = DeviceBatch.of(batch.images(), batch.labels(), batch.imageSize(), setting.device());
          runner.check(tensors.images(), tensors.labels());
          long[] correct = Evaluator.correct(setting.model(), tensors, true);
          for (int i = 0; i < correct.length; i++) {
            if (correct[i] == 0) {
              outcomes.fall(seen + i, 0);
            }
          }
        }
        seen += batch.size();
        listener.progress("clean", seen, outcomes.size(), outcomes.standing(0));
        if (listener.stopRequested()) {
          throw new EvaluationInterrupted();
        }
      }
    }
  }
}
