package dev.sparrow.kernel;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the engine does in one go: one or several nodes of a blueprint. Values have the numbers of the nodes whose results they are. */
sealed interface Stage {

  /** The values it reads. */
  List<Integer> inputs();

  /** The value it makes. */
  int output();

  /** A convolution, and the sum with another value if that is all the convolution is for. */
  record Convolution(ConvLayer layer, int input, OptionalInt residual, int output) implements Stage {

    @Override
    public List<Integer> inputs() {
      return residual.isPresent() ? List.of(input, residual.getAsInt()) : List.of(input);
    }
  }

  /** {@code max(0, norm(input))}, or {@code max(0, norm(input) + shortcut)}. */
  record Rectification(NormLayer norm, int input, Optional<Shortcut> shortcut, int output) implements Stage {

    @Override
    public List<Integer> inputs() {
      return shortcut.isPresent() ? List.of(input, shortcut.get().value()) : List.of(input);
    }
  }

  /** A value as it is, or its batch norm. */
  record Shortcut(int value, Optional<NormLayer> norm) {}

  /** A maximum over squares. */
  record MaxPool(int input, int output) implements Stage {

    @Override
    public List<Integer> inputs() {
      return List.of(input);
    }
  }

  /** A mean over all positions. */
  record AveragePool(int input, int output) implements Stage {

    @Override
    public List<Integer> inputs() {
      return List.of(input);
    }
  }

  /** The linear layer that makes the logits; its bias is added to finished sums. */
  record Classification(ConvLayer layer, float[] bias, int input, int output) implements Stage {

    @Override
    public List<Integer> inputs() {
      return List.of(input);
    }
  }
}
