package dev.sparrow.attack;

import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.NamedTensors;
import java.util.List;
import java.util.function.BiConsumer;
import org.bytedeco.pytorch.Tensor;

/** Another classifier, with a watcher who sees every batch of images before it. Does not own the one behind it. */
record WatchedClassifier(Classifier behind, BiConsumer<Tensor, Recording> watcher) implements Classifier {

  @Override
  public Pass forward(Tensor images, Recording recording) {
    watcher.accept(images, recording);
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
