package dev.sparrow.model;

import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * First and second derivatives of a loss by parameters: what needs more of the engine than a {@link Pass} gives.
 *
 * <p>Computes in float32 whatever the classifier's precision, since a second derivative in bf16 is mostly rounding, and in the classifier's
 * current mode. A Hessian-vector product costs about three training passes, and about three times their memory.
 */
public final class Curvature {

  private final NetworkClassifier model;

  /** The gradient by some parameters, with or without a graph of its own. */
  private record Gradient(NamedTensors leaves, TensorVector values) {}

  /**
   * The derivatives of a classifier's losses.
   *
   * @param model the network, borrowed
   */
  public Curvature(NetworkClassifier model) {
    this.model = model;
  }

  /**
   * The gradient of the mean loss.
   *
   * @param images [N, 3, H, W] float32 in [0, 1]
   * @param losses [N, K] logits to [N] losses, by operations that libtorch can differentiate
   * @param names the parameters to differentiate by; the others are constants
   * @return one float32, contiguous tensor per name, owned by the caller's scope
   */
  public NamedTensors gradient(Tensor images, UnaryOperator<Tensor> losses, Set<String> names) {
    try (TensorScope scope = TensorScope.open();
        AutoGradMode recorded = new AutoGradMode(true)) {
      Gradient gradient = differentiate(images, losses, names, false);
      return scope.keep(named(gradient.leaves, gradient.values));
    }
  }

  /**
   * The Hessian of the mean loss times a vector, by differentiating the product of gradient and vector (Pearlmutter, 1994).
   *
   * @param images [N, 3, H, W] float32 in [0, 1]
   * @param losses [N, K] logits to [N] losses, by operations that libtorch can differentiate twice
   * @param vector one tensor of the parameter's shape per parameter that the Hessian goes over; the others are constants
   * @return one float32, contiguous tensor per name of the vector, owned by the caller's scope
   */
  public NamedTensors hessianVectorProduct(Tensor images, UnaryOperator<Tensor> losses, NamedTensors vector) {
    try (TensorScope scope = TensorScope.open();
        AutoGradMode recorded = new AutoGradMode(true)) {
      Gradient gradient = differentiate(images, losses, vector.names(), true);
      TensorVector direction = vectorOf(vector);
      TensorVector products =
          torch.grad(gradient.values, vectorOf(gradient.leaves), direction, new BoolOptional(false), false, true);
      return scope.keep(named(gradient.leaves, products));
    }
  }

  private Gradient differentiate(Tensor images, UnaryOperator<Tensor> losses, Set<String> names, boolean withGraph) {
    Map<String, Tensor> leaves = new LinkedHashMap<>();
    names.forEach(name -> leaves.put(name, model.parameters().get(name).detach()));
    leaves.values().forEach(leaf -> leaf.set_requires_grad(true));
    Tensor logits = model.exactLogits(images, name -> leaves.getOrDefault(name, model.parameters().get(name)));
    Tensor mean = losses.apply(logits).mean();
    NamedTensors inputs = new NamedTensors(leaves);
    return new Gradient(
        inputs, torch.grad(new TensorVector(mean), vectorOf(inputs), new TensorVector(), new BoolOptional(withGraph), withGraph, false));
  }

  private static TensorVector vectorOf(NamedTensors tensors) {
    return new TensorVector(tensors.asMap().values().toArray(Tensor[]::new));
  }

  /** Where the gradient does not depend on a parameter, its row of the Hessian is zero. */
  private static NamedTensors named(NamedTensors leaves, TensorVector values) {
    Map<String, Tensor> named = new LinkedHashMap<>();
    leaves.forEach(
        (name, leaf) -> {
          Tensor value = values.get(named.size());
          named.put(name, value.defined() ? value.detach().contiguous() : BlankTensors.zerosLike(leaf.detach()));
        });
    return new NamedTensors(named);
  }
}
