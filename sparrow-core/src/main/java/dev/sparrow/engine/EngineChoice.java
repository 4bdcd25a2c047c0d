package dev.sparrow.engine;

import dev.sparrow.BadInput;
import dev.sparrow.config.EngineKind;
import dev.sparrow.config.RuntimeConfig;
import dev.sparrow.kernel.EngineSettings;
import dev.sparrow.kernel.KernelChoice;
import dev.sparrow.kernel.WordFormat;
import dev.sparrow.model.ActivationLayout;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Precision;
import org.apiguardian.api.API;

/**
 * How a network is to be computed, everything automatic resolved.
 *
 * @param kind which engine
 * @param device where
 * @param precision arithmetic of convolutions and products, and what activations are stored as
 * @param layout how libtorch's activations lie in memory
 * @param threads threads of the computation, at least 1
 * @param workload what is going to be computed; an automatic choice depends on it
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record EngineChoice(
    EngineKind kind, DeviceSpec device, Precision precision, ActivationLayout layout, int threads, Workload workload) {

  /** The reference's own arithmetic, for looking at networks. */
  public static final EngineChoice EXACT =
      new EngineChoice(EngineKind.DENSE, DeviceSpec.CPU, Precision.FP32, ActivationLayout.CHANNELS_LAST, 1, Workload.SMALL);

  /** The sparse engine computes on the CPU alone. */
  public EngineChoice {
    if (kind == EngineKind.SPARSE && device.isCuda()) {
      throw BadInput.usage("--engine", "dense or auto on " + device + ", as the sparse engine computes on the CPU", kind.label());
    }
  }

  /**
   * Resolves what a configuration leaves open. An automatic device is the CPU for the sparse engine.
   *
   * @param runtime where and how a run computes
   * @return the choice
   * @throws BadInput if there is no such device, or the engine does not compute there
   */
  public static EngineChoice of(RuntimeConfig runtime) {
    boolean anyDevice = runtime.device().equals("auto") && runtime.engine() == EngineKind.SPARSE;
    DeviceSpec device = anyDevice ? DeviceSpec.CPU : DeviceSpec.resolve(runtime.device());
    int threads = runtime.threads() == 0 ? Runtime.getRuntime().availableProcessors() : runtime.threads();
    return new EngineChoice(
        runtime.engine(),
        device,
        Precision.resolve(runtime.precision(), device),
        ActivationLayout.CHANNELS_LAST,
        threads,
        Workload.SMALL);
  }

  /**
   * The reference's own arithmetic, for looking at networks: libtorch in float32, whatever the configuration computes with.
   *
   * @param runtime where a run computes, and with how many threads
   * @return the choice
   * @throws BadInput if there is no such device
   */
  public static EngineChoice exact(RuntimeConfig runtime) {
    EngineChoice own = of(runtime);
    return new EngineChoice(EngineKind.DENSE, own.device, Precision.FP32, ActivationLayout.CHANNELS_LAST, own.threads, Workload.SMALL);
  }

  /**
   * The same with another layout of libtorch's activations.
   *
   * @param other how they lie in memory
   * @return a choice that differs in its layout at most
   */
  public EngineChoice withLayout(ActivationLayout other) {
    return new EngineChoice(kind, device, precision, other, threads, workload);
  }

  /**
   * The same for other work.
   *
   * @param other what is going to be computed
   * @return a choice that differs in its workload at most
   */
  public EngineChoice withWorkload(Workload other) {
    return new EngineChoice(kind, device, precision, layout, threads, other);
  }

  EngineSettings sparseSettings() {
    WordFormat format = precision == Precision.BF16 ? WordFormat.BF16 : WordFormat.FP32;
    return new EngineSettings(format, threads, KernelChoice.AUTO);
  }
}
