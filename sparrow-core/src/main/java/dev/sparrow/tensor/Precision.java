package dev.sparrow.tensor;

import dev.sparrow.config.PrecisionChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The arithmetic of convolutions and products; everything else is float32 in both. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum Precision {
  /** Single precision. */
  FP32,
  /** bfloat16 operands, float32 sums. */
  BF16;

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /**
   * Resolves a choice for a device. Automatic is bf16 on a GPU and on a processor that has bf16 instructions (AVX-512 BF16 or AMX), without
   * which bf16 is emulated and slow; where the processor's features cannot be read it is fp32.
   *
   * @param choice what was asked for
   * @param device where it will run
   * @return the precision
   */
  public static Precision resolve(PrecisionChoice choice, DeviceSpec device) {
    return switch (choice) {
      case FP32 -> FP32;
      case BF16 -> BF16;
      case AUTO -> device.isCuda() || processorHasBf16() ? BF16 : FP32;
    };
  }

  /**
   * Activations or weights in the type of the computation.
   *
   * @param tensor float32
   * @return itself for fp32, else a bf16 copy owned by the caller's scope; differentiable
   */
  public Tensor cast(Tensor tensor) {
    return this == FP32 ? tensor : tensor.to(ScalarType.BFloat16);
  }

  private static boolean processorHasBf16() {
    try (var lines = Files.lines(CPU_INFO)) {
      return lines.filter(line -> line.startsWith("flags")).findFirst().filter(flags -> flags.contains("avx512_bf16") || flags.contains("amx_bf16")).isPresent();
    } catch (IOException | java.io.UncheckedIOException e) {
      return false;
    }
  }
}
