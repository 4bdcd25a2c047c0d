package dev.sparrow.model;

import dev.sparrow.BadInput;
import dev.sparrow.io.TorchScriptFile;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.GraphOptimizerEnabledGuard;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.module_iterator;
import org.bytedeco.pytorch.named_buffer_iterator;
import org.bytedeco.pytorch.named_parameter_iterator;

/** A program of {@code torch.jit.save}, loaded by libtorch, in evaluation mode, its parameters constants. */
final class TorchScriptModule implements AutoCloseable {

  private static final String TRAINING = "training";
  private static final String ERROR = "Error: ";

  private final Path file;
  private final JitModule module;
  private final NamedTensors parameters;
  private final NamedTensors buffers;

  private TorchScriptModule(Path file, JitModule module) {
    this.file = file;
    this.module = module;
    try (TensorScope scope = TensorScope.open()) {
      evaluationMode();
      this.parameters = parametersOf(module);
      this.buffers = buffersOf(module);
    }
    parameters.forEach((name, parameter) -> parameter.set_requires_grad(false));
  }

  /**
   * Loads a program, which runs whatever it does at loading.
   *
   * @param file what {@code torch.jit.save} wrote
   * @param device where it goes, wherever it was saved
   * @return to be closed by the caller
   * @throws BadInput if it is damaged, or libtorch cannot load it
   * @throws IOException if it cannot be read
   */
  static TorchScriptModule load(Path file, DeviceSpec device) throws IOException {
    TorchScriptFile.check(file);
    JitModule module =
        guarded(
            "a model that libtorch can load",
            file,
            () -> TensorScope.own(() -> torch.load(file.toString(), new DeviceOptional(device.toDevice()), false)));
    try {
      return new TorchScriptModule(file, module);
    } catch (RuntimeException e) {
      module.close();
      throw e;
    }
  }

  /** Part by part: {@code JitModule.eval} gives up on a frozen model, whose parts have no mode any more. */
  private void evaluationMode() {
    module_iterator end = module.modules().end();
    for (module_iterator part = module.modules().begin(); part.notEquals(end); part.increment()) {
      if (part.multiply().hasattr(TRAINING)) {
        part.multiply().setattr(TRAINING, new IValue(false));
      }
    }
  }

  private static NamedTensors parametersOf(JitModule module) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    named_parameter_iterator end = module.named_parameters().end();
    for (named_parameter_iterator entry = module.named_parameters().begin(); entry.notEquals(end); entry.increment()) {
      tensors.put(entry.multiply().name().getString(), owned(entry.multiply().value()));
    }
    return new NamedTensors(tensors);
  }

  private static NamedTensors buffersOf(JitModule module) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    named_buffer_iterator end = module.named_buffers().end();
    for (named_buffer_iterator entry = module.named_buffers().begin(); entry.notEquals(end); entry.increment()) {
      tensors.put(entry.multiply().name().getString(), owned(entry.multiply().value()));
    }
    return new NamedTensors(tensors);
  }

  /** A handle that outlives its iterator. */
  private static Tensor owned(Tensor borrowed) {
    return TensorScope.own(() -> new Tensor(borrowed));
  }

  /**
   * Runs the program as it is written: libtorch's rewriting of programs that have run a few times would round the same images differently.
   *
   * @param images what it is given; it may write into them
   * @return its only result, owned by the caller's scope
   * @throws BadInput if it fails, or gives anything but a tensor
   */
  Tensor run(Tensor images) {
    try (TensorScope scope = TensorScope.open();
        GraphOptimizerEnabledGuard asWritten = new GraphOptimizerEnabledGuard(false)) {
      IValueVector arguments = new IValueVector(new IValue(images));
      IValue result = running("one that runs on [N, 3, H, W] images in float32", () -> module.forward(arguments));
      if (!result.isTensor()) {
        throw BadInput.data("TorchScript model", "one tensor of logits", "a " + result.tagKind().getString(), file);
      }
      return scope.keep(new Tensor(result.toTensor()));
    }
  }

  /** Runs a part of the program; what goes wrong in it is the file's fault. */
  <T> T running(String expected, Supplier<T> part) {
    return guarded(expected, file, part);
  }

  private static <T> T guarded(String expected, Path file, Supplier<T> part) {
    try {
      return part.get();
    } catch (RuntimeException e) {
      throw BadInput.data("TorchScript model", expected, reason(e), file, e);
    }
  }

  /** A program's own message follows the places in its code that led to it; libtorch's stands first. */
  private static String reason(RuntimeException fault) {
    String message = String.valueOf(fault.getMessage());
    return message
        .lines()
        .map(String::strip)
        .filter(line -> line.contains(ERROR))
        .findFirst()
        .or(() -> message.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst())
        .orElse("no reason");
  }

  Path file() {
    return file;
  }

  NamedTensors parameters() {
    return parameters;
  }

  NamedTensors buffers() {
    return buffers;
  }

  @Override
  public void close() {
    parameters.release();
    buffers.release();
    module.close();
  }
}
