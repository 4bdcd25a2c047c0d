package dev.sparrow.testing;

import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.NamedTensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A classifier that another one answers for; tests change what they want to be different. Closing it closes the other. */
public class WatchedClassifier implements Classifier {

  private final Classifier model;

  /**
   * @param model answers
   */
  public WatchedClassifier(Classifier model) {
    this.model = model;
  }

  @Override
  public Pass forward(Tensor images, Recording recording) {
    return model.forward(images, recording);
  }

  @Override
  public NamedTensors parameters() {
    return model.parameters();
  }

  @Override
  public NamedTensors buffers() {
    return model.buffers();
  }

  @Override
  public List<String> prunableParameters() {
    return model.prunableParameters();
  }

  @Override
  public int numClasses() {
    return model.numClasses();
  }

  @Override
  public int imageSize() {
    return model.imageSize();
  }

  @Override
  public Mode mode() {
    return model.mode();
  }

  @Override
  public ModeGuard in(Mode mode) {
    return model.in(mode);
  }

  @Override
  public void close() {
    model.close();
  }
}
