package dev.sparrow.units;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.apiguardian.api.API;

/** The norm that bounds a perturbation. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum Norm implements Labelled {
  /** Largest change of any pixel. */
  LINF("linf", Double.POSITIVE_INFINITY, 1),
  /** Euclidean length of the change of one image. */
  L2("l2", 2, 2);

  private final String label;
  private final double order;
  private final double dualOrder;

  Norm(String label, double order, double dualOrder) {
    this.label = label;
    this.order = order;
    this.dualOrder = dualOrder;
  }

  /**
   * The p of an lp norm.
   *
   * @return 2 or infinity
   */
  public double order() {
    return order;
  }

  /**
   * The p of the dual norm, which measures gradients: a linear function changes by at most its gradient's dual norm per unit of the norm.
   *
   * @return 2 or 1
   */
  public double dualOrder() {
    return dualOrder;
  }

  @Override
  @JsonValue
  public String label() {
    return label;
  }

  /**
   * Reads a label.
   *
   * @param label {@code linf} or {@code l2}
   * @return the norm
   */
  @JsonCreator
  public static Norm parse(String label) {
    return Labelled.parse(Norm.class, "norm", label);
  }
}
