package dev.sparrow.tensor;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * Tensors by name, in a fixed order: parameters, buffers, gradients, momentum, masks. Immutable as a map; the tensors themselves may be
 * changed in place. Ownership is the caller's matter: this class releases nothing.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class NamedTensors {

  private final Map<String, Tensor> tensors;

  /**
   * Wraps a map.
   *
   * @param tensors name to tensor; its iteration order is kept
   */
  public NamedTensors(Map<String, Tensor> tensors) {
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * The tensor of a name.
   *
   * @param name one of {@link #names()}
   * @return the tensor, borrowed
   * @throws IllegalArgumentException if there is none
   */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("tensor name: expected one of " + tensors.keySet() + ", got " + name);
    }
    return tensor;
  }

  /**
   * The names, in order.
   *
   * @return an unmodifiable set
   */
  public Set<String> names() {
    return tensors.keySet();
  }

  /**
   * The tensors, in order.
   *
   * @return an unmodifiable map
   */
  public Map<String, Tensor> asMap() {
    return tensors;
  }

  /**
   * Number of tensors.
   *
   * @return at least 0
   */
  public int size() {
    return tensors.size();
  }

  /**
   * Visits all tensors in order.
   *
   * @param visitor called with name and tensor
   */
  public void forEach(BiConsumer<String, Tensor> visitor) {
    tensors.forEach(visitor);
  }

  /**
   * Some of the tensors.
   *
   * @param names among {@link #names()}; their order becomes the selection's
   * @return the same tensors under these names
   * @throws IllegalArgumentException if there is none of a name
   */
  public NamedTensors select(Collection<String> names) {
    Map<String, Tensor> selected = new LinkedHashMap<>();
    names.forEach(name -> selected.put(name, get(name)));
    return new NamedTensors(selected);
  }

  /**
   * Computes a tensor from each.
   *
   * @param computation name and tensor to a fresh tensor; runs in a scope of its own
   * @return the results by the same names, owned by the caller's scope
   */
  public NamedTensors map(BiFunction<String, Tensor, Tensor> computation) {
    Map<String, Tensor> results = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> results.put(name, TensorScope.tidy(() -> computation.apply(name, tensor))));
    return new NamedTensors(results);
  }

  /** Releases every tensor. Only their owner calls this. */
  public void release() {
    tensors.values().forEach(Tensor::close);
  }
}
