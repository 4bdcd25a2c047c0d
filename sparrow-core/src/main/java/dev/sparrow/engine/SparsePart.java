package dev.sparrow.engine;

import dev.sparrow.arch.Statistics;
import dev.sparrow.kernel.EngineSettings;
import dev.sparrow.kernel.Gradients;
import dev.sparrow.kernel.SparseNetwork;
import dev.sparrow.kernel.SparsePass;
import dev.sparrow.kernel.Standardization;
import dev.sparrow.kernel.WordFormat;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.NamedTensors;
import java.util.Locale;
import org.bytedeco.pytorch.Tensor;

/**
 * A network, or the rear part of one, in the sparse engine. Its tensors stay libtorch's; what goes in and comes out is copied between
 * tensors and Java arrays, inner values never are.
 */
final class SparsePart implements AutoCloseable {

  private final Network network;
  private final WordFormat format;
  private final SparseNetwork engine;
  private final TensorMirror mirror;
  private final FloatArrays arrays = new FloatArrays();

  /**
   * Prepares a network.
   *
   * @param network what is run, on the CPU, borrowed
   * @param standardization what is done to the input first
   * @param settings how the engine computes
   * @throws dev.sparrow.BadInput if the engine does not know an operation of the network
   */
  SparsePart(Network network, Standardization standardization, EngineSettings settings) {
    network.parameters().forEach(SparsePart::requireCpu);
    this.network = network;
    this.format = settings.format();
    this.engine = new SparseNetwork(network.blueprint(), standardization, settings);
    this.mirror = new TensorMirror(network, engine, arrays);
  }

  /** Activates the weights of the masks that are this part's. */
  void restrictTo(NamedTensors masks) {
    mirror.restrictTo(masks);
  }

  /**
   * Runs the network.
   *
   * @param input [N, C, H, W], any type and layout
   * @param statistics where batch norm takes its statistics from
   * @param gradients which gradients will be asked for
   * @return the run, to be closed by the caller
   */
  SparseRun run(Tensor input, Statistics statistics, Gradients gradients) {
    requireCpu("images", input);
    mirror.load();
    SparsePass pass = engine.forward(arrays.of(input), Math.toIntExact(input.size(0)), statistics, gradients);
    mirror.passed(statistics);
    return new SparseRun(pass, input, network, arrays);
  }

  private static void requireCpu(String what, Tensor tensor) {
    if (!tensor.is_cpu()) {
      throw new IllegalArgumentException(what + ": expected tensors on the CPU, where the sparse engine computes, got some on a GPU");
    }
  }

  String description() {
    return "sparse engine, " + format.name().toLowerCase(Locale.ROOT) + ": " + engine.description();
  }

  @Override
  public void close() {
    engine.close();
  }
}
