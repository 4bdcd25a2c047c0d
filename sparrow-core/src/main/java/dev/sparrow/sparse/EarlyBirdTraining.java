package dev.sparrow.sparse;

import dev.sparrow.BadInput;
import dev.sparrow.config.EarlyBirdConfig;
import dev.sparrow.config.Method;
import dev.sparrow.io.Json;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Density;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Dense training that is complete when the mask it would be pruned to has settled: the first stage of Robust Bird. After every epoch it
 * draws that mask and compares it with those of the epochs before.
 *
 * <p>Besides the masks of the window, older ones are kept while they fit into {@link #MEMORY}, for the picture of all distances: those of
 * about 45 epochs of a ResNet-18, all of a small network. The decision looks at the window alone.
 */
public final class EarlyBirdTraining implements SparsityMethod {

  /** Bytes of masks that are kept, in memory and in every checkpoint. */
  static final long MEMORY = 64L << 20;

  private static final String EPOCH = "epoch.";

  private final EarlyBirdConfig config;
  private final Density density;
  private final MaskSet none = MaskSet.empty();
  private final List<PackedMask> kept = new ArrayList<>();
  private MaskSettling settling;

  /** The part of the state that is not masks. */
  private record Scalars(Method method, DistanceHistory distances) {}

  /**
   * A training before its start.
   *
   * @param config kind of ticket, window, threshold and the epoch that must be reached
   * @param density of the ticket
   */
  public EarlyBirdTraining(EarlyBirdConfig config, Density density) {
    this.config = config;
    this.density = density;
    this.settling = settling(DistanceHistory.EMPTY);
  }

  private MaskSettling settling(DistanceHistory distances) {
    return new MaskSettling(distances, config.window(), config.effectiveThreshold());
  }

  @Override
  public void initialize(SparsityStart start) {
    kept.clear();
    settling = settling(DistanceHistory.EMPTY);
  }

  /** {@inheritDoc} All weights are active. */
  @Override
  public boolean needsDenseGradients(long iteration) {
    return false;
  }

  @Override
  public Optional<TopologyUpdate> afterOptimizerStep(TrainingState state, NamedTensors gradients) {
    return Optional.empty();
  }

  @Override
  public void afterEpoch(Classifier model, EpochSignals signals) {
    PackedMask newest = new TicketPreview(config.pruning(), model.parameters()).at(density);
    List<Double> row = new ArrayList<>();
    for (int i = kept.size() - 1; i >= 0; i--) {
      row.add(newest.distance(kept.get(i)));
    }
    settling = settling.with(row);
    kept.add(newest);
    if (kept.size() > keptAtMost(newest.size())) {
      kept.remove(0);
    }
  }

  private long keptAtMost(long size) {
    return Math.max(config.window() - 1, MEMORY / ((long) PackedMask.wordsFor(size) * Long.BYTES));
  }

  @Override
  public boolean isComplete() {
    return settling.emerged() && settling.history().epochs() >= config.rewindEpoch().orElse(0);
  }

  @Override
  public Optional<MaskSettling> settling() {
    return Optional.of(settling);
  }

  @Override
  public MaskSet masks() {
    return none;
  }

  @Override
  public double dropFraction() {
    return 0;
  }

  @Override
  public double explored() {
    return 1;
  }

  /** The kept masks stand under {@code epoch.<number>}, 64 positions per element. */
  @Override
  public SparsityState capture() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int first = settling.history().epochs() - kept.size();
    for (int i = 0; i < kept.size(); i++) {
      long[] words = kept.get(i).words();
      tensors.put(EPOCH + (first + i), Tensors.ofLongs(words, words.length));
    }
    return new SparsityState(Json.tree(new Scalars(Method.EARLY_BIRD, settling.history())), new NamedTensors(tensors));
  }

  @Override
  public void restore(Classifier model, SparsityState state) {
    Scalars scalars = Json.bind(state.scalars(), Scalars.class, "sparsity state");
    if (scalars.method != Method.EARLY_BIRD) {
      throw BadInput.data("method", Method.EARLY_BIRD.label(), scalars.method.label(), "sparsity state");
    }
    long size = new TicketPreview(config.pruning(), model.parameters()).size();
    List<PackedMask> masks = new ArrayList<>();
    int epochs = scalars.distances.epochs();
    int count = (int) Math.min(epochs, keptAtMost(size));
    for (int epoch = epochs - count; epoch < epochs; epoch++) {
      masks.add(mask(state.tensors(), EPOCH + epoch, size));
    }
    if (state.tensors().size() != count) {
      throw BadInput.data("masks", count + " of them", state.tensors().size(), "sparsity state");
    }
    kept.clear();
    kept.addAll(masks);
    settling = settling(scalars.distances);
  }

  private static PackedMask mask(NamedTensors tensors, String name, long size) {
    if (!tensors.names().contains(name) || tensors.get(name).numel() != PackedMask.wordsFor(size)) {
      String got = tensors.names().contains(name) ? String.valueOf(tensors.get(name).numel()) : "nothing";
      throw BadInput.data("mask " + name, PackedMask.wordsFor(size) + " words", got, "sparsity state");
    }
    return new PackedMask(size, Tensors.toLongs(tensors.get(name)));
  }

  @Override
  public void close() {
    kept.clear();
  }
}
