package dev.sparrow.model;

import dev.sparrow.BadInput;
import dev.sparrow.io.Checksums;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Any classifier of images in [0, 1] that {@code torch.jit.save} stored: whatever it does to its images is inside. To be evaluated, not
 * trained: it knows the evaluation mode alone, and parameters are constants. Gradients by the images come from libtorch's autograd, as far
 * as the program lets them through.
 *
 * <p>The file is a program. Loading and running it runs what is in it, as a checkpoint never does; load those alone that you trust.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class TorchScriptClassifier implements Classifier {

  /** Images that are tried at loading; a program recorded for one image alone does not get by. */
  private static final int TRIED = 2;

  private static final double GREY = 0.5;

  private final TorchScriptModule module;
  private final String program;
  private final int numClasses;
  private final int imageSize;
  private final boolean givesGradients;

  private TorchScriptClassifier(TorchScriptModule module, String program, int numClasses, int imageSize, DeviceSpec device) {
    this.module = module;
    this.program = program;
    this.numClasses = numClasses;
    this.imageSize = imageSize;
    this.givesGradients = tried(device);
  }

  /**
   * Loads a classifier, and tries it on two images.
   *
   * @param file what {@code torch.jit.save} wrote
   * @param numClasses logits per image
   * @param imageSize side of the images
   * @param device where it computes, wherever it was saved
   * @return in evaluation mode, whatever it was saved in; to be closed by the caller
   * @throws BadInput if the file is damaged or another one, the program fails, or it does not give so many floating-point logits per image
   * @throws IOException if the file cannot be read
   */
  public static TorchScriptClassifier load(Path file, int numClasses, int imageSize, DeviceSpec device) throws IOException {
    TorchScriptModule module = TorchScriptModule.load(file, device);
    try {
      return new TorchScriptClassifier(module, "TorchScript " + Checksums.sha256(file), numClasses, imageSize, device);
    } catch (IOException | RuntimeException e) {
      module.close();
      throw e;
    }
  }

  /** Runs the program on two grey images; returns whether a gradient comes back. */
  private boolean tried(DeviceSpec device) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = BlankTensors.zeros(ScalarType.Float, device.toDevice(), TRIED, 3, imageSize, imageSize);
      Arithmetic.fillInPlace(images, GREY);
      LibtorchRun run = run(images, Recording.INPUT);
      requireClasses(run.value());
      return isDifferentiable(run);
    }
  }

  /** Autograd refuses where no way leads from the logits to the images, or an operation on it has no derivative. */
  private static boolean isDifferentiable(LibtorchRun run) {
    try {
      run.toImages(run.value());
      return true;
    } catch (RuntimeException noGradient) {
      return false;
    }
  }

  private void requireClasses(Tensor logits) {
    if (logits.dim() == 2 && logits.size(0) == TRIED && logits.size(1) != numClasses) {
      throw BadInput.usage("--num-classes", logits.size(1) + ", as " + module.file() + " gives so many logits", numClasses);
    }
    requireLogits(logits, TRIED);
  }

  private void requireLogits(Tensor logits, long images) {
    List<Long> shape = List.of(images, (long) numClasses);
    if (!Arrays.stream(Tensors.shape(logits)).boxed().toList().equals(shape)) {
      throw BadInput.data("logits", shape, Arrays.toString(Tensors.shape(logits)), module.file());
    }
    if (!torch.isFloatingType(logits.scalar_type())) {
      throw BadInput.data("logits", "floating-point numbers", logits.scalar_type().intern(), module.file());
    }
  }

  /** The program gets images of its own, as it may write into them. The run belongs to the caller's scope. */
  private LibtorchRun run(Tensor images, Recording recording) {
    try (TensorScope scope = TensorScope.open();
        AutoGradMode recorded = new AutoGradMode(recording == Recording.INPUT)) {
      Tensor leaf = images.detach();
      leaf.set_requires_grad(recording == Recording.INPUT);
      Tensor result = module.run(leaf.clone());
      return new LibtorchRun(scope.keep(result), scope.keep(new NamedTensors(Map.of(LibtorchRun.IMAGES, leaf))));
    }
  }

  /**
   * Runs the program.
   *
   * @throws BadInput if it fails
   * @throws UnsupportedOperationException if the recording is for parameters, or for images though the program gives no gradients
   */
  @Override
  public Pass forward(Tensor images, Recording recording) {
    if (recording.ofParameters() || recording == Recording.INPUT && !givesGradients) {
      String expected = givesGradients ? "NONE or INPUT" : "NONE";
      throw new UnsupportedOperationException("recording: expected " + expected + ", got " + recording + " (" + module.file() + ")");
    }
    LibtorchRun run = run(images, recording);
    requireLogits(run.value(), images.size(0));
    return new ProgramPass(recording, run);
  }

  @Override
  public NamedTensors parameters() {
    return module.parameters();
  }

  @Override
  public NamedTensors buffers() {
    return module.buffers();
  }

  /** None: nothing in it is trained. */
  @Override
  public List<String> prunableParameters() {
    return List.of();
  }

  @Override
  public int numClasses() {
    return numClasses;
  }

  @Override
  public int imageSize() {
    return imageSize;
  }

  @Override
  public boolean givesGradients() {
    return givesGradients;
  }

  @Override
  public String program() {
    return program;
  }

  @Override
  public Mode mode() {
    return Mode.EVAL;
  }

  /**
   * Stays in evaluation mode.
   *
   * @throws UnsupportedOperationException if another mode is asked for
   */
  @Override
  public ModeGuard in(Mode mode) {
    if (mode != Mode.EVAL) {
      throw new UnsupportedOperationException("mode: expected EVAL, got " + mode + " (" + module.file() + ")");
    }
    return () -> {};
  }

  @Override
  public void close() {
    module.close();
  }

  /** One run of the program. */
  private final class ProgramPass extends RecordedPass {

    private final LibtorchRun run;

    ProgramPass(Recording recording, LibtorchRun run) {
      super(recording, TensorScope.tidy(() -> run.value().to(ScalarType.Float)));
      this.run = run;
    }

    /** Where it comes back may depend on the values. */
    @Override
    protected Tensor toInput(Tensor logitGradient) {
      return module.running("one that gives gradients for all images or for none", () -> run.toImages(logitGradient));
    }

    @Override
    protected NamedTensors toParameters(Tensor logitGradient, boolean everywhere) {
      return run.toParameters(logitGradient);
    }

    @Override
    public void close() {
      super.close();
      run.close();
    }
  }
}
