package dev.sparrow.model;

import dev.sparrow.arch.ValueNames;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * What a network computes between its images and its logits, and how the logits depend on it.
 *
 * <p>Computes with libtorch in float32 whatever the classifier's engine and precision, and in the classifier's current mode.
 */
public final class InnerValues {

  private final NetworkClassifier model;
  private final ValueNames names;

  /**
   * One inner value of a batch and the gradient by it.
   *
   * @param value [N, C, H, W] or [N, C] float32, owned by the caller's scope
   * @param gradient same shape, owned by the caller's scope
   */
  public record Sensitivity(Tensor value, Tensor gradient) {}

  /**
   * The inner values of a classifier.
   *
   * @param model the network, borrowed
   */
  public InnerValues(NetworkClassifier model) {
    this.model = model;
    this.names = ValueNames.of(model.network().blueprint());
  }

  /**
   * How the values are called.
   *
   * @return the network's names
   */
  public ValueNames names() {
    return names;
  }

  /**
   * Computes inner values. Costs a forward pass up to the last of them, and nothing behind it.
   *
   * @param images [N, 3, H, W] float32 in [0, 1]
   * @param wanted names of values
   * @return one float32 tensor, [N, C, H, W] or [N, C], per name, owned by the caller's scope
   * @throws dev.sparrow.BadInput if a name is unknown
   */
  public NamedTensors of(Tensor images, Collection<String> wanted) {
    Set<Integer> ids = wanted.stream().map(name -> names.node(name).id()).collect(Collectors.toSet());
    try (TensorScope scope = TensorScope.open();
        AutoGradMode recorded = new AutoGradMode(false)) {
      Map<Integer, Tensor> values = model.exactValues(images, ids);
      Map<String, Tensor> named = new LinkedHashMap<>();
      wanted.forEach(name -> named.put(name, scope.keep(values.get(names.node(name).id()).detach())));
      return new NamedTensors(named);
    }
  }

  /**
   * The gradient of a function of the logits by an inner value. Costs a forward pass and a backward pass.
   *
   * @param images [N, 3, H, W] float32 in [0, 1]
   * @param name of the value
   * @param logitGradient [N, K] logits, detached, to the function's gradient by them
   * @return the value and the gradient by it
   * @throws dev.sparrow.BadInput if the name is unknown
   */
  public Sensitivity sensitivity(Tensor images, String name, UnaryOperator<Tensor> logitGradient) {
    int id = names.node(name).id();
    int last = model.network().blueprint().nodes().size();
    try (TensorScope scope = TensorScope.open();
        AutoGradMode recorded = new AutoGradMode(true)) {
      Tensor leaf = images.detach(); // what the graph begins with, so that it reaches every inner value
      leaf.set_requires_grad(true);
      Map<Integer, Tensor> values = model.exactValues(leaf, new HashSet<>(List.of(id, last)));
      Tensor logits = values.get(last);
      TensorVector given = new TensorVector(logitGradient.apply(logits.detach()));
      TensorVector gradients =
          torch.grad(new TensorVector(logits), new TensorVector(values.get(id)), given, new BoolOptional(false), false, false);
      return new Sensitivity(scope.keep(values.get(id).detach()), scope.keep(gradients.get(0).detach())); // the vector owns the tensors it shows
    }
  }
}
