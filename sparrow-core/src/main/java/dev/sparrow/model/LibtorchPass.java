package dev.sparrow.model;

import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** One recorded forward pass. The graph lives in C++ as long as the logits do; a product releases it. */
final class LibtorchPass implements Pass {

  static final String IMAGES = "images";

  private final Recording recording;
  private final Tensor recorded;
  private final Tensor logits;
  private final NamedTensors leaves;
  private boolean spent;

  /** Takes over tensors that the caller's scope owns: the logits with their graph, the same detached, and the graph's leaves. */
  LibtorchPass(Recording recording, Tensor recorded, Tensor logits, NamedTensors leaves) {
    this.recording = recording;
    this.recorded = recorded;
    this.logits = logits;
    this.leaves = leaves;
  }

  @Override
  public Tensor logits() {
    return logits;
  }

  @Override
  public Tensor inputGradient(Tensor logitGradient) {
    return product(recording == Recording.INPUT, "INPUT", logitGradient).get(IMAGES);
  }

  @Override
  public NamedTensors parameterGradients(Tensor logitGradient) {
    return product(recording.ofParameters(), "PARAMETERS", logitGradient);
  }

  private NamedTensors product(boolean recordedForIt, String wanted, Tensor logitGradient) {
    if (!recordedForIt || spent) {
      throw new IllegalStateException("pass: expected one recorded for " + wanted + " and not used yet, got " + (spent ? "a used one" : recording));
    }
    spent = true;
    try (TensorScope scope = TensorScope.open()) {
      TensorVector inputs = new TensorVector(leaves.asMap().values().toArray(Tensor[]::new));
      TensorVector gradients =
          torch.grad(new TensorVector(recorded), inputs, new TensorVector(logitGradient), new BoolOptional(false), false, false);
      Map<String, Tensor> named = new LinkedHashMap<>();
      for (String name : leaves.names()) {
        named.put(name, scope.keep(gradients.get(named.size()).contiguous())); // channels_last where a convolution made it
      }
      return new NamedTensors(named);
    }
  }

  @Override
  public void close() {
    logits.close();
    recorded.close();
    leaves.release();
  }
}
