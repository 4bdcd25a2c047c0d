package dev.sparrow.attack;

import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.NamedTensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A classifier that gives logits alone, and notes what it was asked. Does not own the one behind it. */
record BlackBox(Classifier behind, List<Recording> recordings) implements Classifier {

  BlackBox(Classifier behind) {
    this(behind, new ArrayList<>());
  }

  @Override
  public Pass forward(Tensor images, Recording recording) {
    if (recording != Recording.NONE) {
      throw new IllegalStateException("a black box has no gradients");
    }
    recordings.add(recording);
    return behind.forward(images, recording);
  }

  @Override
  public NamedTensors parameters() {
    return behind.parameters();
  }

  @Override
  public NamedTensors buffers() {
    return behind.buffers();
  }

  @Override
  public List<String> prunableParameters() {
    return behind.prunableParameters();
  }

  @Override
  public int numClasses() {
    return behind.numClasses();
  }

  @Override
  public int imageSize() {
    return behind.imageSize();
  }

  @Override
  public Mode mode() {
    return behind.mode();
  }

  @Override
  public ModeGuard in(Mode mode) {
    return behind.in(mode);
  }

  @Override
  public void close() {}
}
