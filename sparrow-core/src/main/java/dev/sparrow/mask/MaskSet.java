package dev.sparrow.mask;

import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * The masks of a network, by parameter name, in parameter order. Immutable; owns its masks: close it.
 *
 * <p>All of them are applied. Sizes, densities and distances count the prunable weights alone, which are those of rank 2 and more: where
 * whole channels are masked, biases and the scales and shifts of batch norm (rank 1) have masks too, and a density stays the fraction of
 * the prunable weights that is active.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class MaskSet implements AutoCloseable {

  private final Map<String, Mask> masks;

  /**
   * Takes masks over.
   *
   * @param masks by parameter name; this set closes them
   */
  public MaskSet(Map<String, Mask> masks) {
    this.masks = Collections.unmodifiableMap(new LinkedHashMap<>(masks));
  }

  /**
   * No masks: a dense network.
   *
   * @return a set of size 0
   */
  public static MaskSet empty() {
    return new MaskSet(Map.of());
  }

  /**
   * Masks with active positions chosen uniformly at random. Each layer draws from a generator of its own, derived from the seed by its
   * name, so that a layer's mask does not depend on which other layers there are.
   *
   * @param parameters gives shapes and devices
   * @param densities one per masked parameter; their order becomes the set's
   * @param seed root of the layers' generators
   * @return a new set
   */
  public static MaskSet random(NamedTensors parameters, Map<String, Density> densities, Seed seed) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    densities.forEach(
        (name, density) -> {
          try (TensorScope scope = TensorScope.open();
              Rng rng = new Rng(seed.derive("mask." + name))) {
            masks.put(name, Mask.random(parameters.get(name), density, rng));
          }
        });
    return new MaskSet(masks);
  }

  /**
   * Masks with the values of tensors.
   *
   * @param active boolean tensors by parameter name; copied
   * @return a new set
   */
  public static MaskSet copyOf(NamedTensors active) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    active.forEach((name, tensor) -> masks.put(name, Mask.copyOf(tensor)));
    return new MaskSet(masks);
  }

  /**
   * Sets the inactive positions of all masked tensors to zero.
   *
   * @param values weights or momentum by parameter name, changed in place; those without a mask are left alone
   */
  public void applyTo(NamedTensors values) {
    masks.forEach((name, mask) -> mask.applyTo(values.get(name)));
  }

  /**
   * The mask of a parameter.
   *
   * @param name one of {@link #names()}
   * @return the mask, borrowed
   */
  public Mask get(String name) {
    Mask mask = masks.get(name);
    if (mask == null) {
      throw new IllegalArgumentException("mask name: expected one of " + masks.keySet() + ", got " + name);
    }
    return mask;
  }

  /**
   * The masked parameters, in order.
   *
   * @return an unmodifiable set
   */
  public Set<String> names() {
    return masks.keySet();
  }

  /**
   * The masked parameters whose masks count: the prunable weights.
   *
   * @return in order, unmodifiable
   */
  public Set<String> prunable() {
    return Collections.unmodifiableSet(prunableMasks().keySet());
  }

  private Map<String, Mask> prunableMasks() {
    Map<String, Mask> prunable = new LinkedHashMap<>();
    masks.forEach(
        (name, mask) -> {
          if (mask.tensor().dim() >= 2) {
            prunable.put(name, mask);
          }
        });
    return prunable;
  }

  /**
   * The masks, in order.
   *
   * @return an unmodifiable map of borrowed masks
   */
  public Map<String, Mask> asMap() {
    return masks;
  }

  /**
   * The masks as tensors.
   *
   * @return boolean tensors by parameter name, borrowed
   */
  public NamedTensors tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    masks.forEach((name, mask) -> tensors.put(name, mask.tensor()));
    return new NamedTensors(tensors);
  }

  /**
   * Whether there are no masks.
   *
   * @return true for a dense network
   */
  public boolean isEmpty() {
    return masks.isEmpty();
  }

  /**
   * Number of masked prunable weights.
   *
   * @return the sum of their masks' sizes
   */
  public long size() {
    return sum(Mask::size);
  }

  /**
   * Number of active weights among them.
   *
   * @return in [0, size]
   */
  public long active() {
    return sum(Mask::active);
  }

  /**
   * Fraction of the masked prunable weights that is active.
   *
   * @return in [0, 1]; 1 without masks
   */
  public double density() {
    long size = size();
    return size == 0 ? 1 : active() / (double) size;
  }

  /**
   * Density of every masked prunable weight.
   *
   * @return by parameter name, in order, unmodifiable
   */
  public Map<String, Double> densities() {
    Map<String, Double> densities = new LinkedHashMap<>();
    prunableMasks().forEach((name, mask) -> densities.put(name, mask.density()));
    return Collections.unmodifiableMap(densities);
  }

  /**
   * Hamming distance over the number of prunable weights.
   *
   * @param other a set with the same names and shapes
   * @return in [0, 1]; 0 without masks
   */
  public double distance(MaskSet other) {
    long differences =
        prunableMasks().entrySet().stream().mapToLong(entry -> entry.getValue().differences(other.get(entry.getKey()))).sum();
    return differences == 0 ? 0 : differences / (double) size();
  }

  /**
   * The positions that are active in either set.
   *
   * @param other a set with the same names and shapes
   * @return a new set
   */
  public MaskSet union(MaskSet other) {
    Map<String, Mask> union = new LinkedHashMap<>();
    masks.forEach((name, mask) -> union.put(name, mask.union(other.get(name))));
    return new MaskSet(union);
  }

  @Override
  public void close() {
    masks.values().forEach(Mask::close);
  }

  private long sum(ToLongFunction<Mask> count) {
    return prunableMasks().values().stream().mapToLong(count).sum();
  }
}
