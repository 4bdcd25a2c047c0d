package dev.sparrow.testing;

import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** A linear classifier whose gradients are written by hand: what attacks do to it has a closed form, and no autograd takes part. */
public final class LinearClassifier implements Classifier {

  private final int classes;
  private final int size;
  private final Tensor weight;
  private final Tensor bias;
  private final List<Mode> modesOfPasses = new ArrayList<>();
  private Mode mode = Mode.EVAL;

  /**
   * @param size side of the images
   * @param weight [classes][3 * size * size]
   * @param bias [classes]
   */
  public LinearClassifier(int size, float[][] weight, float[] bias) {
    this.classes = weight.length;
    this.size = size;
    int inputs = 3 * size * size;
    float[] flat = new float[classes * inputs];
    for (int k = 0; k < classes; k++) {
      System.arraycopy(weight[k], 0, flat, k * inputs, inputs);
    }
    this.weight = Tensors.ofFloats(flat, classes, inputs);
    this.bias = Tensors.ofFloats(bias, classes);
  }

  /** A classifier with weights from the golden formula. */
  public static LinearClassifier random(int size, int classes, long seed) {
    int inputs = 3 * size * size;
    float[] values = Golden.parameter(seed, 0, "weight", classes, inputs);
    float[][] weight = new float[classes][inputs];
    for (int k = 0; k < classes; k++) {
      System.arraycopy(values, k * inputs, weight[k], 0, inputs);
    }
    return new LinearClassifier(size, weight, Golden.parameter(seed, 1, "bias", classes));
  }

  /** The mode of each forward pass so far. */
  public List<Mode> modesOfPasses() {
    return List.copyOf(modesOfPasses);
  }

  @Override
  public Pass forward(Tensor images, Recording recording) {
    modesOfPasses.add(mode);
    return new LinearPass(images, recording);
  }

  @Override
  public NamedTensors parameters() {
    return named(weight, bias);
  }

  @Override
  public NamedTensors buffers() {
    return new NamedTensors(Map.of());
  }

  @Override
  public List<String> prunableParameters() {
    return List.of("weight");
  }

  @Override
  public int numClasses() {
    return classes;
  }

  @Override
  public int imageSize() {
    return size;
  }

  @Override
  public Mode mode() {
    return mode;
  }

  @Override
  public ModeGuard in(Mode wanted) {
    Mode previous = mode;
    mode = wanted;
    return () -> mode = previous;
  }

  @Override
  public void close() {
    weight.close();
    bias.close();
  }

  private static NamedTensors named(Tensor weight, Tensor bias) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("weight", weight);
    tensors.put("bias", bias);
    return new NamedTensors(tensors);
  }

  private final class LinearPass implements Pass {

    private final Recording recording;
    private final long[] shape;
    private final Tensor inputs;
    private final Tensor logits;

    LinearPass(Tensor images, Recording recording) {
      this.recording = recording;
      shape = Tensors.shape(images);
      inputs = TensorScope.tidy(() -> images.flatten(1, 3).clone());
      logits = TensorScope.tidy(() -> inputs.matmul(weight.t()).add_(bias));
    }

    @Override
    public Tensor logits() {
      return logits;
    }

    @Override
    public Tensor inputGradient(Tensor logitGradient) {
      require(recording == Recording.INPUT);
      return TensorScope.tidy(() -> logitGradient.matmul(weight).view(shape));
    }

    @Override
    public NamedTensors parameterGradients(Tensor logitGradient) {
      require(recording.ofParameters());
      return named(TensorScope.tidy(() -> logitGradient.t().matmul(inputs)), logitGradient.sum(0));
    }

    @Override
    public void close() {
      inputs.close();
      logits.close();
    }

    private void require(boolean recordedForIt) {
      if (!recordedForIt) {
        throw new IllegalStateException("recording: expected that of the product, got " + recording);
      }
    }
  }
}
