package dev.sparrow.eval;

import dev.sparrow.attack.AttackRunner;
import dev.sparrow.model.Mode;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** An attack that takes a batch as a whole, in full batches of images that stand. */
final class BatchStage implements Stage {

  private final Course course;
  private final ImageQueue queue;
  private final AttackRunner runner;

  BatchStage(Course course, int position) {
    this.course = course;
    this.queue = course.queue(position);
    this.runner = new AttackRunner(course.observed());
  }

  @Override
  public boolean step() {
    ImageQueue.Images images = queue.next(course.batchSize());
    if (images.size() == 0) {
      return false;
    }
    try (TensorScope scope = TensorScope.open();
        Rng rng = Rng.perRow(course.seed(), images.ids())) {
      DeviceBatch batch = course.take(images);
      Tensor adversarial = runner.perturb(course.attack(), Mode.EVAL, batch.images(), batch.labels(), rng);
      course.judge(images.ids(), batch.images(), batch.labels(), adversarial, false);
    }
    return true;
  }

  @Override
  public int position() {
    return queue.position();
  }

  @Override
  public int inFlight() {
    return 0;
  }

  @Override
  public NamedTensors state() {
    return new NamedTensors(Map.of());
  }

  @Override
  public void close() {
    queue.close();
  }
}
