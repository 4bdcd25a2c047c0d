package dev.sparrow.interop;

import dev.sparrow.checkpoint.Findings;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.units.Shape;
import java.util.List;
import java.util.Optional;

/**
 * What weights from elsewhere are, and what was written of them.
 *
 * @param file the file that was read
 * @param found where the weights stood in it, and what stands beside them
 * @param network the network, with the normalisation inside; density is the budget of a SmallDense
 * @param architectureFrom where the architecture is known from
 * @param normalizationFrom where its normalisation is known from; nowhere only if nothing was written
 * @param parameters number of trainable values
 * @param nonzeroFraction fraction of the prunable weights that are not zero
 * @param layers the prunable weights, in the reference's order
 * @param masks of all layers together; empty without masks
 * @param warnings what the user should look at
 * @param written what was written; empty when it was only looked at
 */
public record ImportReport(
    String file,
    Findings found,
    ModelInfo network,
    KnownFrom architectureFrom,
    KnownFrom normalizationFrom,
    long parameters,
    double nonzeroFraction,
    List<Layer> layers,
    Optional<Masks> masks,
    List<String> warnings,
    Optional<Written> written) {

  /** Copies the lists. */
  public ImportReport {
    layers = List.copyOf(layers);
    warnings = List.copyOf(warnings);
  }

  /**
   * A prunable weight.
   *
   * @param name its key in the reference's state_dict
   * @param shape its shape
   * @param nonzeroFraction fraction of it that is not zero
   * @param activeFraction fraction of it that its mask lets differ from zero; empty without a mask
   */
  public record Layer(String name, Shape shape, double nonzeroFraction, Optional<Double> activeFraction) {}

  /**
   * Masks that the file has.
   *
   * @param layers number of weights with a mask
   * @param activeFraction active fraction of those weights
   * @param overruled number of masked weights that were not zero in the file, and are now
   */
  public record Masks(int layers, double activeFraction, long overruled) {}

  /**
   * What an import left behind.
   *
   * @param out the file of weights, if one was asked for
   * @param maxDifference largest difference of the logits of what was read and of that file, in units of the largest logit
   * @param ticket the ticket, if one was asked for
   * @param ticketDensity the density to train it with
   */
  public record Written(Optional<String> out, Optional<Double> maxDifference, Optional<String> ticket, Optional<Double> ticketDensity) {}

  /** The same, when something was written. */
  ImportReport with(Written files) {
    return new ImportReport(
        file,
        found,
        network,
        architectureFrom,
        normalizationFrom,
        parameters,
        nonzeroFraction,
        layers,
        masks,
        warnings,
        Optional.of(files));
  }
}
