package dev.sparrow.sparse;

import dev.sparrow.config.TicketKind;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Density;
import java.util.Iterator;
import java.util.List;

/**
 * The mask by which an early-bird training is judged: the largest magnitudes of all convolution weights together, or of all scales of batch
 * normalisation. As in the reference the threshold is the value at index {@code int(total * (1 - density))} of the sorted magnitudes, and
 * what is strictly above it is active.
 *
 * <p>Differs from the ticket itself, which has the linear layers' weights too: the reference decides by the convolutions alone.
 */
final class TicketPreview {

  private static final int CONVOLUTION_RANK = 4;
  private static final int CHANNEL_RANK = 1;

  private final NamedTensors parameters;
  private final List<String> ranked;
  private final long size;

  TicketPreview(TicketKind kind, NamedTensors parameters) {
    this.parameters = parameters;
    this.ranked = parameters.names().stream().filter(name -> isRanked(kind, name, parameters.get(name).dim())).toList();
    this.size = ranked.stream().mapToLong(name -> parameters.get(name).numel()).sum();
    if (size == 0) {
      throw new IllegalArgumentException("parameters: expected some that rank a ticket (" + kind.label() + "), got " + parameters.names());
    }
  }

  /** Of the parameters of rank 1, only the scales of batch normalisation are weights; the others are biases. */
  private static boolean isRanked(TicketKind kind, String name, long rank) {
    return switch (kind) {
      case UNSTRUCTURED -> rank == CONVOLUTION_RANK;
      case CHANNEL -> rank == CHANNEL_RANK && name.endsWith("weight");
    };
  }

  /** Number of positions that are ranked. */
  long size() {
    return size;
  }

  /** The mask at a density, positions in parameter order. */
  PackedMask at(Density density) {
    long index = Math.min(size - 1, (long) (size * density.sparsity()));
    int threshold = MagnitudeSelect.kthSmallest(this::values, index + 1);
    PackedMask mask = PackedMask.none(size);
    long position = 0;
    for (float[] values : (Iterable<float[]>) this::values) {
      for (float value : values) {
        if (MagnitudeSelect.key(value) > threshold) {
          mask.activate(position);
        }
        position++;
      }
    }
    return mask;
  }

  /** One parameter at a time, so that the weights are never all on the heap. */
  private Iterator<float[]> values() {
    return ranked.stream().map(name -> Tensors.toFloats(parameters.get(name))).iterator();
  }
}
