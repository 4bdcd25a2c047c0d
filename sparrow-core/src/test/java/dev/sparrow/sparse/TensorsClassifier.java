package dev.sparrow.sparse;

import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** A classifier that is nothing but parameters: enough for whatever moves masks. */
final class TensorsClassifier implements Classifier {

  private final NamedTensors parameters;
  private final Map<String, boolean[]> restriction = new LinkedHashMap<>();

  TensorsClassifier(NamedTensors parameters) {
    this.parameters = parameters;
  }

  /** The masks that it was restricted to last. */
  Map<String, boolean[]> restriction() {
    return restriction;
  }

  @Override
  public void restrictTo(NamedTensors masks) {
    restriction.clear();
    masks.forEach(
        (name, mask) -> {
          float[] values = Tensors.toFloats(mask);
          boolean[] active = new boolean[values.length];
          for (int i = 0; i < active.length; i++) {
            active[i] = values[i] != 0;
          }
          restriction.put(name, active);
        });
  }

  @Override
  public NamedTensors parameters() {
    return parameters;
  }

  @Override
  public NamedTensors buffers() {
    return new NamedTensors(Map.of());
  }

  @Override
  public List<String> prunableParameters() {
    return parameters.names().stream().filter(name -> parameters.get(name).dim() > 1).toList();
  }

  @Override
  public int numClasses() {
    return 10;
  }

  @Override
  public int imageSize() {
    return 32;
  }

  @Override
  public Mode mode() {
    return Mode.EVAL;
  }

  @Override
  public Pass forward(Tensor images, Recording recording) {
    throw new UnsupportedOperationException("this test double has no forward pass");
  }

  @Override
  public ModeGuard in(Mode mode) {
    throw new UnsupportedOperationException("this test double has no modes");
  }

  @Override
  public void close() {}
}
