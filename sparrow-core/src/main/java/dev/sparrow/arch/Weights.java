package dev.sparrow.arch;

import dev.sparrow.BadInput;
import dev.sparrow.units.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apiguardian.api.API;

/**
 * A network with its numbers in plain arrays: all that it takes to classify, without natives.
 *
 * @param blueprint the network
 * @param values parameters and running statistics by name, row-major in the blueprint's shapes; the arrays are not copied
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Weights(Blueprint blueprint, Map<String, float[]> values) {

  /**
   * Checks names and lengths.
   *
   * @param blueprint the network
   * @param values exactly the tensors of {@link #needed}
   * @throws BadInput listing every name that is missing or unexpected, or naming the first array of a wrong length
   */
  public Weights {
    Map<String, Shape> needed = needed(blueprint);
    TreeSet<String> missing = new TreeSet<>(needed.keySet());
    missing.removeAll(values.keySet());
    TreeSet<String> unexpected = new TreeSet<>(values.keySet());
    unexpected.removeAll(needed.keySet());
    if (!missing.isEmpty() || !unexpected.isEmpty()) {
      String got = "missing " + missing + ", unexpected " + unexpected;
      throw BadInput.data("weights", "the network's " + needed.size() + " tensors", got, blueprint.name());
    }
    Map<String, float[]> ordered = new LinkedHashMap<>();
    for (Map.Entry<String, Shape> tensor : needed.entrySet()) {
      ordered.put(tensor.getKey(), checked(tensor.getKey(), tensor.getValue(), values.get(tensor.getKey())));
    }
    values = Collections.unmodifiableMap(ordered);
  }

  private static float[] checked(String name, Shape shape, float[] values) {
    if (values.length != shape.size()) {
      throw BadInput.data("length of " + name, shape.size(), values.length, "weights");
    }
    return values;
  }

  /**
   * The tensors that a network classifies with: all but the numbers of batches that its batch norms saw.
   *
   * @param blueprint the network
   * @return name to shape, parameters first
   */
  public static Map<String, Shape> needed(Blueprint blueprint) {
    Map<String, Shape> needed = new LinkedHashMap<>(blueprint.tensors());
    needed.values().removeIf(shape -> shape.rank() == 0);
    return needed;
  }

  /**
   * One tensor.
   *
   * @param name its name
   * @return its values, not a copy
   */
  public float[] get(String name) {
    if (!values.containsKey(name)) {
      throw new IllegalArgumentException("tensor: expected one of the network's, got " + name);
    }
    return values.get(name);
  }

  /**
   * Which weights of a tensor are active: all that are not zero.
   *
   * @param name its name
   * @return one per weight, fresh
   */
  public boolean[] active(String name) {
    float[] weights = get(name);
    boolean[] active = new boolean[weights.length];
    for (int i = 0; i < active.length; i++) {
      active[i] = weights[i] != 0;
    }
    return active;
  }

  /**
   * How full the prunable weights are.
   *
   * @return the fraction of them that is not zero, in [0, 1]
   */
  public double nonzeroFraction() {
    long nonzero = 0;
    for (String name : blueprint.prunable().keySet()) {
      for (float value : values.get(name)) {
        nonzero += value != 0 ? 1 : 0;
      }
    }
    return nonzero / (double) blueprint.prunableCount();
  }

  /**
   * The same function with running statistics, with fewer steps: a batch norm that alone reads a convolution becomes part of its weights
   * and bias. Others, such as those ahead of a pre-activation block, stay.
   *
   * @return a network of its own that shares the arrays of all other layers
   */
  public Weights withFoldedBatchNorms() {
    return new BatchNormFolding(this).fold();
  }
}
