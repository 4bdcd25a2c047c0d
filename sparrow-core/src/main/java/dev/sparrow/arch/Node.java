package dev.sparrow.arch;

import dev.sparrow.units.Shape;
import java.util.List;
import org.apiguardian.api.API;

/**
 * One step of a network's forward pass.
 *
 * @param id its value's number; 0 is the normalised image, nodes count from 1 in execution order
 * @param op what it computes
 * @param inputs ids of its inputs, all smaller than {@code id}
 * @param output shape of its value for one image, without the batch dimension
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Node(int id, Op op, List<Integer> inputs, Shape output) {

  /** Copies the inputs. */
  public Node {
    inputs = List.copyOf(inputs);
  }
}
