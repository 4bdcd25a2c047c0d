package dev.sparrow.prune;

import dev.sparrow.BadInput;
import dev.sparrow.data.Batch;
import dev.sparrow.data.Batches;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.units.Seed;
import java.util.function.Function;
import org.apiguardian.api.API;

/**
 * What a scorer looks at.
 *
 * @param model the network; its inactive weights are zero
 * @param active boolean, one per prunable weight: those that earlier rounds left active, all of them in the first; borrowed
 * @param device where both live
 * @param images the batches to look at; empty for a scorer that needs none
 * @param seed root of the scorer's random numbers
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Subject(Classifier model, NamedTensors active, DeviceSpec device, Batches images, Seed seed) {

  /**
   * The prunable weights.
   *
   * @return borrowed, in parameter order
   */
  public NamedTensors weights() {
    return model.parameters().select(model.prunableParameters());
  }

  /**
   * The average of a quantity over the batches, each weighted by its number of images. Runs in {@link Mode#TRAIN_FROZEN}: with the
   * statistics of the batch, as a training starts, and without moving the running ones.
   *
   * @param quantity of one batch: at least one tensor per prunable weight; runs in a scope of its own
   * @return one float32 tensor per prunable weight, owned by the caller's scope
   */
  public NamedTensors average(Function<DeviceBatch, NamedTensors> quantity) {
    try (TensorScope scope = TensorScope.open();
        ModeGuard guard = model.in(Mode.TRAIN_FROZEN)) {
      NamedTensors sum = weights().map((name, weight) -> BlankTensors.zerosLike(weight));
      long seen = 0;
      for (int index = 0; index < images.count(); index++) {
        Batch batch = images.get(index);
        add(sum, batch, quantity);
        seen += batch.size();
      }
      double scale = 1.0 / seen;
      sum.forEach((name, tensor) -> Arithmetic.scaleInPlace(tensor, scale));
      return scope.keep(sum);
    }
  }

  private void add(NamedTensors sum, Batch batch, Function<DeviceBatch, NamedTensors> quantity) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors term = quantity.apply(DeviceBatch.of(batch.images(), batch.labels(), batch.imageSize(), device));
      sum.forEach((name, tensor) -> Arithmetic.addInPlace(tensor, term.get(name), batch.size()));
    }
  }

  /**
   * The network with its derivatives by libtorch, for scorers that need more than an engine has to offer.
   *
   * @param scorer its name, for the message
   * @return the network
   * @throws BadInput if it is not a network of the library
   */
  public NetworkClassifier libtorch(String scorer) {
    if (model instanceof NetworkClassifier classifier) {
      return classifier;
    }
    throw BadInput.usage("engine of the scorer " + scorer, "libtorch, which has its derivatives", model.getClass().getSimpleName());
  }
}
