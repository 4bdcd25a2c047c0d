package dev.sparrow.engine;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.InferenceCost;
import dev.sparrow.arch.LayerCost;
import dev.sparrow.tensor.Precision;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How long passes through a network take, roughly and in units of their own: good enough to tell which placements are worth measuring.
 *
 * <p>A layer costs its products, and what is done to every element of its output (batch norm, ReLU, sums, memory). libtorch computes all
 * products, the sparse engine those with active weights that meet a pixel.
 *
 * @param blueprint the network
 * @param densities active weights of each layer by its number of weights; a layer without one is dense
 * @param rates what products and elements cost
 */
record TimePrediction(Blueprint blueprint, Map<String, Double> densities, Rates rates) {

  /** Placements that are predicted to take at most so many times as long as the fastest of them may be faster in truth. */
  private static final double DOUBT = 1.15;

  /** What is predicted to take more than so much of libtorch's time gains nothing worth seconds of measuring. */
  private static final double WORTHWHILE = 0.97;

  /** Each candidate takes seconds to measure. */
  private static final int MOST_CANDIDATES = 3;

  /**
   * Costs, by one multiply-accumulate of libtorch in bf16; measured on one machine with AVX-512 and bf16 instructions by passes through
   * ResNet-18, forward and back to the images.
   *
   * @param denseProduct of libtorch
   * @param denseElement of libtorch, per element of a layer's output
   * @param sparseProduct of the sparse engine, per active weight and pixel
   * @param sparseElement of the sparse engine
   * @param seamElement conversion of the seam, both ways
   */
  record Rates(double denseProduct, double denseElement, double sparseProduct, double sparseElement, double seamElement) {

    static Rates of(Precision precision) {
      return switch (precision) {
        case BF16 -> new Rates(1, 440, 2.9, 310, 600);
        case FP32 -> new Rates(2, 880, 4.0, 500, 900);
      };
    }
  }

  /** The placements that may be fastest, the most promising first; empty if libtorch alone is, as it is for a dense network. */
  List<Placement> candidates() {
    if (densities.values().stream().allMatch(density -> density == 1)) {
      return List.of();
    }
    List<Placement> all = Placement.sparseOnes(blueprint).stream().sorted(Comparator.comparingDouble(this::cost)).toList();
    double best = cost(all.get(0));
    if (best > WORTHWHILE * cost(Placement.DENSE)) {
      return List.of();
    }
    return all.stream().filter(placement -> cost(placement) <= DOUBT * best).limit(MOST_CANDIDATES).toList();
  }

  /** What a pass costs per image. */
  double cost(Placement placement) {
    if (placement instanceof Placement.Split split) {
      return dense(split.cut().front()) + rates.seamElement * split.cut().seam().size() + sparse(split.cut().rear());
    }
    return placement == Placement.DENSE ? dense(blueprint) : sparse(blueprint);
  }

  private double dense(Blueprint part) {
    return InferenceCost.of(part).layers().stream()
        .mapToDouble(layer -> rates.denseProduct * layer.macs() + rates.denseElement * layer.output().size())
        .sum();
  }

  private double sparse(Blueprint part) {
    return InferenceCost.of(part).layers().stream().mapToDouble(this::sparse).sum();
  }

  private double sparse(LayerCost layer) {
    double products = densities.getOrDefault(layer.name(), 1.0) * layer.weight().size() * layer.uses();
    return rates.sparseProduct * products + rates.sparseElement * layer.output().size();
  }
}
