package dev.sparrow.eval;

import dev.sparrow.attack.Attack;
import dev.sparrow.attack.AttackFailure;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A classifier that counts what an attack asks of it, and notices numbers that are not finite: to a search, an image whose loss is NaN may
 * look like one that cannot be broken. The check does not wait for a GPU before it is asked for. Closing it leaves the classifier open.
 */
final class ObservedClassifier implements Classifier {

  private final Classifier model;

  /** 0, or NaN as soon as anything was not finite. */
  private final Tensor residue;

  private long forwards;
  private long gradients;

  ObservedClassifier(Classifier model, Device device) {
    this.model = model;
    this.residue = TensorScope.own(() -> BlankTensors.zeros(ScalarType.Float, device, 1));
  }

  /** Images that went forward. */
  long forwards() {
    return forwards;
  }

  /** Images whose gradient was taken. */
  long gradients() {
    return gradients;
  }

  /**
   * Looks back on all passes so far.
   *
   * @param attack whose passes they were
   * @throws AttackFailure if logits or gradients were not finite
   */
  void requireFinite(Attack attack) {
    if (Double.isNaN(Tensors.item(residue))) {
      throw AttackFailure.notFinite("logits or gradients", attack);
    }
  }

  private void watch(Tensor numbers) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor sum = numbers.sum();
      residue.add_(sum.sub_(sum.clone()));
    }
  }

  @Override
  public Pass forward(Tensor images, Recording recording) {
    Pass pass = model.forward(images, recording);
    forwards += images.size(0);
    watch(pass.logits());
    return new ObservedPass(pass);
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
  public boolean givesGradients() {
    return model.givesGradients();
  }

  @Override
  public String program() {
    return model.program();
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
    residue.close();
  }

  private final class ObservedPass implements Pass {

    private final Pass pass;

    ObservedPass(Pass pass) {
      this.pass = pass;
    }

    @Override
    public Tensor logits() {
      return pass.logits();
    }

    @Override
    public Tensor inputGradient(Tensor logitGradient) {
      Tensor gradient = pass.inputGradient(logitGradient);
      gradients += gradient.size(0);
      watch(gradient);
      return gradient;
    }

    @Override
    public NamedTensors parameterGradients(Tensor logitGradient) {
      return pass.parameterGradients(logitGradient);
    }

    @Override
    public void close() {
      pass.close();
    }
  }
}
