package dev.sparrow.kernel;

import dev.sparrow.BadInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apiguardian.api.API;

/**
 * Stochastic gradient descent with momentum and weight decay on arrays, PyTorch's formulation: {@code m = momentum * m + g + decay * w; w -=
 * lr * m}, for active weights only: others stay zero and cost no time. Weight decay applies to every parameter, batch norm and biases
 * included. Owns the momentum.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class SparseSgd {

  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final float momentum;
  private final float weightDecay;

  /**
   * An optimizer at rest, all weights active.
   *
   * @param parameters name to values, borrowed, changed in place by every step
   * @param momentum what is left of the momentum after a step, in [0, 1)
   * @param weightDecay at least 0
   */
  public SparseSgd(Map<String, float[]> parameters, double momentum, double weightDecay) {
    if (!(momentum >= 0 && momentum < 1)) {
      throw BadInput.usage("momentum", "a number in [0, 1)", momentum);
    }
    if (!(weightDecay >= 0)) {
      throw BadInput.usage("weight decay", "a number of at least 0", weightDecay);
    }
    this.momentum = (float) momentum;
    this.weightDecay = (float) weightDecay;
    parameters.forEach((name, values) -> slots.put(name, new Slot(values, new float[values.length], indices(values.length))));
  }

  private static int[] indices(int length) {
    return IntStream.range(0, length).toArray();
  }

  /**
   * Says which weights of a parameter are trained from now on. Others become zero, with their momentum; one that was inactive starts at zero.
   *
   * @param parameter its name
   * @param active one per weight
   * @throws BadInput if the name or the length is wrong
   */
  public void activate(String parameter, boolean[] active) {
    Slot slot = slot(parameter);
    check("mask of " + parameter, slot.values.length, active.length);
    for (int i = 0; i < active.length; i++) {
      if (!active[i]) {
        slot.values[i] = 0;
        slot.velocity[i] = 0;
      }
    }
    slots.put(parameter, new Slot(slot.values, slot.velocity, IntStream.range(0, active.length).filter(i -> active[i]).toArray()));
  }

  /**
   * The momentum of a parameter.
   *
   * @param parameter its name
   * @return borrowed, one number per weight, changed by every step
   * @throws BadInput if there is none of this name
   */
  public float[] momentum(String parameter) {
    return slot(parameter).velocity;
  }

  /**
   * Takes a step.
   *
   * @param gradients one per parameter, unchanged; those of inactive weights are not read
   * @param learningRate at least 0
   * @throws BadInput if a gradient is missing or of another length
   */
  public void step(Map<String, float[]> gradients, double learningRate) {
    slots.forEach(
        (name, slot) -> {
          float[] gradient = gradients.getOrDefault(name, new float[0]);
          check("gradient of " + name, slot.values.length, gradient.length);
          step(slot, gradient, (float) learningRate);
        });
  }

  private void step(Slot slot, float[] gradient, float learningRate) {
    float[] values = slot.values;
    float[] velocity = slot.velocity;
    for (int i : slot.active) {
      float v = momentum * velocity[i] + gradient[i] + weightDecay * values[i];
      velocity[i] = v;
      values[i] -= learningRate * v;
    }
  }

  private Slot slot(String parameter) {
    if (!slots.containsKey(parameter)) {
      throw BadInput.data("parameter", "one of the optimizer's", "'" + parameter + "'", "SGD");
    }
    return slots.get(parameter);
  }

  private static void check(String what, int expected, int got) {
    if (expected != got) {
      throw BadInput.data(what, expected + " values", got, "SGD");
    }
  }

  /** A parameter, its momentum, and the positions that are trained, ascending. */
  private record Slot(float[] values, float[] velocity, int[] active) {}
}
