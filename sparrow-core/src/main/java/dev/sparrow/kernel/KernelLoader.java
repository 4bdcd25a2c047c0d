package dev.sparrow.kernel;

import dev.sparrow.BadInput;
import java.lang.reflect.InvocationTargetException;
import java.util.function.Function;

/**
 * Chooses between the implementations of {@link Kernels}.
 *
 * <p>The vectorised one is found by its name, so that nothing else in the library refers to an incubating module: class {@code
 * VectorKernels} of this package, with {@code static Kernels create(WordFormat)}, which throws {@link UnsupportedOperationException} with
 * the reason where the processor's vectors are too narrow, and {@link BadInput} for a wrong {@code sparrow.vector.bits}.
 */
final class KernelLoader {

  static final String MODULE = "jdk.incubator.vector";

  private static final String VECTOR_KERNELS = "dev.sparrow.kernel.VectorKernels";

  private KernelLoader() {}

  /**
   * Makes the kernels that were chosen.
   *
   * @param choice which implementation
   * @param format what a word holds
   * @return the kernels; their description says which they are and why
   * @throws BadInput if vectors are asked for and there are none
   */
  static Kernels load(KernelChoice choice, WordFormat format) {
    return switch (choice) {
      case PLAIN -> new PlainKernels(format, PlainKernels.MOST_LANES);
      case AUTO -> vectorOr(format, reason -> new PlainKernels(format, PlainKernels.MOST_LANES, reason));
      case VECTOR -> vectorOr(format, reason -> {
        throw BadInput.usage("vector kernels", "a Java runtime with vectors", reason);
      });
    };
  }

  private static Kernels vectorOr(WordFormat format, Function<String, Kernels> otherwise) {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return otherwise.apply("module " + MODULE + " is not there (add --add-modules " + MODULE + ")");
    }
    try {
      return (Kernels) Class.forName(VECTOR_KERNELS).getDeclaredMethod("create", WordFormat.class).invoke(null, format);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof UnsupportedOperationException narrow) {
        return otherwise.apply(narrow.getMessage());
      }
      if (e.getCause() instanceof BadInput wrong) {
        throw wrong;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      return otherwise.apply(VECTOR_KERNELS + " cannot be loaded: " + e);
    }
  }
}
