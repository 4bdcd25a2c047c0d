package dev.sparrow.analysis;

import dev.sparrow.data.Batch;
import dev.sparrow.data.Batches;
import dev.sparrow.model.InnerValues;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.TensorScope;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A network whose layers are compared by how they represent images. All places of all channels of a layer's value are its features.
 *
 * @param model the network, borrowed
 * @param device where it lives
 */
public record LayerViews(NetworkClassifier model, DeviceSpec device) {

  /**
   * The layers that are compared unless others are asked for.
   *
   * @return the network's outline
   */
  public List<String> outline() {
    return new InnerValues(model).names().outline();
  }

  /** How a layer represents the first images; one forward pass of each, up to the layer, whose features alone are in memory. */
  CentredGram gram(String layer, Batches batches, int images) {
    InnerValues values = new InnerValues(model);
    long width = values.names().node(layer).output().size();
    try (TensorScope scope = TensorScope.open();
        ModeGuard guard = model.in(Mode.EVAL)) {
      Tensor features = BlankTensors.zeros(ScalarType.Float, device.toDevice(), images, width);
      for (int i = 0, done = 0; done < images; i++) {
        Batch batch = batches.get(i).first(images - done);
        try (TensorScope step = TensorScope.open()) {
          Tensor pixels = DeviceBatch.of(batch.images(), batch.labels(), batch.imageSize(), device).images();
          features.narrow(0, done, batch.size()).copy_(values.of(pixels, List.of(layer)).get(layer).flatten(1, -1));
        }
        done += batch.size();
      }
      return CentredGram.of(features);
    }
  }
}
