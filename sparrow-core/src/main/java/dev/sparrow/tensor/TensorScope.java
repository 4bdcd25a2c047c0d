package dev.sparrow.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * A lifetime for native objects: everything created by this thread while the scope is open is released when it closes, except what was
 * {@linkplain #keep kept}, which then belongs to the enclosing scope.
 *
 * <p>One scope per attack iteration, training step and evaluation batch keeps native memory flat. Scopes nest and are thread-local; use
 * them in try-with-resources only. Without an enclosing scope a kept object belongs to the caller, who closes it.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class TensorScope implements AutoCloseable {

  private final PointerScope outer;
  private final PointerScope inner;
  private final List<Pointer> kept = new ArrayList<>();

  private TensorScope() {
    outer = PointerScope.getInnerScope();
    inner = new PointerScope();
  }

  /**
   * Opens a scope on this thread.
   *
   * @return the scope, to be closed by the same thread
   */
  public static TensorScope open() {
    return new TensorScope();
  }

  /**
   * Lets an object outlive this scope.
   *
   * @param object a native object
   * @param <P> its type
   * @return the same object
   */
  public <P extends Pointer> P keep(P object) {
    object.retainReference();
    kept.add(object);
    return object;
  }

  /**
   * Lets tensors outlive this scope.
   *
   * @param tensors the tensors
   * @return the same tensors
   */
  public NamedTensors keep(NamedTensors tensors) {
    tensors.forEach((name, tensor) -> keep(tensor));
    return tensors;
  }

  /**
   * Runs a computation in a scope of its own and keeps only its result.
   *
   * @param body the computation
   * @param <P> type of the result
   * @return the result, owned by the enclosing scope
   */
  public static <P extends Pointer> P tidy(Supplier<P> body) {
    try (TensorScope scope = open()) {
      return scope.keep(body.get());
    }
  }

  /**
   * Runs a computation in a scope of its own and takes its result out of every scope: for state that outlives the step that made it, such
   * as masks.
   *
   * @param body the computation; its result must be a fresh object, not one that an enclosing scope holds
   * @param <P> type of the result
   * @return the result, owned by the caller, who closes it
   */
  public static <P extends Pointer> P own(Supplier<P> body) {
    try (TensorScope scope = open()) {
      P result = body.get();
      result.retainReference();
      return result;
    }
  }

  @Override
  public void close() {
    inner.close();
    if (outer != null) {
      for (Pointer object : kept) {
        outer.attach(object); // attach() retains, so the reference taken by keep() is given back
        object.releaseReference();
      }
    }
  }
}
