package dev.sparrow.engine;

import dev.sparrow.arch.InferenceCost;
import dev.sparrow.data.Normalization;
import dev.sparrow.engine.TimePrediction.Rates;
import dev.sparrow.model.Mode;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;

/**
 * A network run by whatever is fastest: libtorch, the sparse engine, or libtorch for its first layers and the sparse engine for the others.
 *
 * <p>As long as it is not {@linkplain #restrictTo restricted} that is libtorch. Then a choice is made at the first pass, and again when the
 * masks have become so much sparser or denser that the {@linkplain PlacementJournal level} changes; on a level where one was made before,
 * it stays. So masks that move at the same density change no engine.
 */
final class AutoClassifier extends NetworkClassifier {

  private final Normalization normalization;
  private final EngineChoice choice;
  private final PlacementJournal journal;
  private PlacedEngine current;
  private NamedTensors masks = new NamedTensors(Map.of());
  private OptionalInt level = OptionalInt.empty();
  private boolean choiceDue;

  /**
   * Takes over a network.
   *
   * @param network the network, on the CPU, closed with this classifier
   * @param normalization what is subtracted from and divided into the pixels
   * @param choice how the engines compute, and for what
   * @throws dev.sparrow.BadInput if the journal of earlier choices is damaged
   */
  public AutoClassifier(Network network, Normalization normalization, EngineChoice choice) {
    super(network, normalization);
    this.normalization = normalization;
    this.choice = choice;
    this.journal = new PlacementJournal(network.blueprint(), choice.workload().journal());
    this.current = open(Placement.DENSE);
  }

  /** The same tensors in another engine. */
  private PlacedEngine open(Placement next) {
    NetworkClassifier engine = next.open(network().part(network().blueprint()), normalization, choice);
    engine.restrictTo(masks);
    return new PlacedEngine(next, engine, next.libtorchThreads(choice));
  }

  @Override
  public void restrictTo(NamedTensors next) {
    keep(next);
    current.model().restrictTo(masks);
    OptionalInt reached = OptionalInt.of(journal.level(fraction()));
    if (!reached.equals(level)) {
      level = reached;
      Optional<Placement> known = journal.recall(level.getAsInt());
      choiceDue = known.isEmpty();
      known.ifPresent(this::use);
    }
  }

  /** Copies the masks, for engines that are yet to come. */
  private void keep(NamedTensors next) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    next.forEach((name, mask) -> copies.put(name, TensorScope.own(mask::clone)));
    masks.release();
    masks = new NamedTensors(copies);
  }

  private Map<String, Double> densities() {
    Map<String, Double> densities = new LinkedHashMap<>();
    try (TensorScope scope = TensorScope.open()) {
      masks.forEach((name, mask) -> densities.put(name, Tensors.item(mask.sum()) / mask.numel()));
    }
    return densities;
  }

  /** Of the network's multiplications; one is left at least. */
  private double fraction() {
    InferenceCost cost = InferenceCost.of(network().blueprint());
    return Math.max(cost.activeMacs(densities()), 1) / cost.macs();
  }

  private void use(Placement next) {
    if (!next.equals(current.placement())) {
      current.close();
      current = open(next);
    }
  }

  @Override
  public Pass forward(Tensor images, Recording recording) {
    if (choiceDue) {
      choiceDue = false;
      Placement chosen = choose(images);
      journal.keep(level.getAsInt(), chosen);
      use(chosen);
    }
    return current.forward(images, recording, mode());
  }

  /** Changes nothing that a later pass could tell. */
  private Placement choose(Tensor images) {
    TimePrediction prediction = new TimePrediction(network().blueprint(), densities(), Rates.of(choice.precision()));
    PlacementTrials trials = new PlacementTrials(prediction, this::open);
    if (!choice.workload().isWorthMeasuring()) {
      return trials.predict();
    }
    Recording recording = choice.workload().differentiated() ? Recording.INPUT : Recording.NONE;
    return trials.measure(new PassTimer(images, recording, mode() == Mode.EVAL ? Mode.EVAL : Mode.TRAIN_FROZEN));
  }

  @Override
  public String description() {
    return "the fastest for these masks, now " + current.model().description();
  }

  @Override
  public void close() {
    current.close();
    masks.release();
    super.close();
  }
}
