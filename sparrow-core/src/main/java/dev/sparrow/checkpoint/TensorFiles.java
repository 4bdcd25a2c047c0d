package dev.sparrow.checkpoint;

import dev.sparrow.BadInput;
import dev.sparrow.checkpoint.TensorKeys.Kind;
import dev.sparrow.io.DType;
import dev.sparrow.io.TensorData;
import dev.sparrow.io.TensorSource;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Tensors to files and back. */
public final class TensorFiles {

  private TensorFiles() {}

  /**
   * Views tensors as file data. Those on a GPU or in another layout are copied, the others are not: write before they change.
   *
   * @param tensors float32, int64 or boolean
   * @return name to data, valid while the tensors and the caller's scope live
   */
  public static Map<String, TensorData> toData(NamedTensors tensors) {
    Map<String, TensorData> data = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> data.put(name, toData(tensor)));
    return data;
  }

  private static TensorData toData(Tensor tensor) {
    Tensor local = tensor.cpu().contiguous();
    return new TensorData(dtype(tensor.scalar_type()), shape(tensor), Tensors.bytesOf(local));
  }

  /**
   * Reads tensors into existing ones, after checking that names, types and shapes agree.
   *
   * @param file where from
   * @param names the names in the file that are meant to be read; every one of them must have a target
   * @param targets name to tensor, overwritten in place; every one of them must be in the file
   * @param where the file's name for messages
   * @throws BadInput listing every missing, unexpected and mis-shaped name at once; nothing was overwritten then
   * @throws IOException if reading fails
   */
  public static void load(TensorSource file, Collection<String> names, NamedTensors targets, Object where) throws IOException {
    Map<String, Kind> wanted = new LinkedHashMap<>();
    targets.forEach((name, tensor) -> wanted.put(name, new Kind(dtype(tensor.scalar_type()), shape(tensor))));
    TensorKeys.check(file, names, wanted, where);
    try (NoGradGuard guard = Tensors.noGrad()) {
      for (Map.Entry<String, Tensor> target : targets.asMap().entrySet()) {
        try (TensorScope scope = TensorScope.open()) {
          target.getValue().copy_(read(file, target.getKey())); // not into its memory directly: copy_ moves the version counter
        }
      }
    }
  }

  /**
   * Reads a tensor.
   *
   * @param file where from
   * @param name one of its names
   * @return a fresh tensor on the CPU, owned by the caller's scope
   * @throws IOException if reading fails
   */
  public static Tensor read(TensorSource file, String name) throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      Tensor tensor = BlankTensors.emptyCpu(scalarType(file.dtype(name), name), file.shape(name).toLongs());
      file.readInto(name, Tensors.bytesOf(tensor));
      return scope.keep(tensor);
    }
  }

  private static Shape shape(Tensor tensor) {
    return new Shape(Arrays.stream(Tensors.shape(tensor)).mapToObj(Math::toIntExact).toList());
  }

  private static DType dtype(ScalarType type) {
    return switch (type.intern()) {
      case Float -> DType.F32;
      case Long -> DType.I64;
      case Bool -> DType.BOOL;
      default -> throw new IllegalArgumentException("tensor type: expected Float, Long or Bool, got " + type.intern());
    };
  }

  private static ScalarType scalarType(DType dtype, String name) {
    return switch (dtype) {
      case F32 -> ScalarType.Float;
      case I64 -> ScalarType.Long;
      case BOOL -> ScalarType.Bool;
      default -> throw BadInput.data("type of tensor", "F32, I64 or BOOL", dtype, name);
    };
  }
}
