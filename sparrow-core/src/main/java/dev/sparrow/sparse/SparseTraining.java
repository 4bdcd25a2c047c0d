package dev.sparrow.sparse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.BadInput;
import dev.sparrow.config.Method;
import dev.sparrow.io.Json;
import dev.sparrow.mask.LayerCollapse;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.Classifier;
import dev.sparrow.prune.FirstMasks;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Training with masks from the start: first masks, moved by a plan. Static masks, SET, RigL, Flying Bird, Flying Bird+ and gradual pruning
 * differ in their {@link TopologyPlan} alone. Whatever moves the masks, a layer that loses its last weight ends the training, unless that
 * is allowed.
 *
 * <p>The update of a topology follows the optimizer step of the same iteration. Weights that it activates start at zero with zero momentum,
 * save those it dropped itself, which keep theirs.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class SparseTraining implements SparsityMethod {

  private final Method method;
  private final FirstMasks firstMasks;
  private final LayerCollapse collapse;
  private final TopologyPlan plan;
  private MaskSet masks = MaskSet.empty();
  private MaskSet explored = MaskSet.empty();
  private SignalHistory signals = SignalHistory.EMPTY;
  private long iteration;

  /** The part of the state that is not masks. */
  private record Scalars(Method method, long iteration, SignalHistory signals) {}

  /**
   * A method before its start.
   *
   * @param method its name, stored in states so that they are not mixed up
   * @param firstMasks what makes the masks, where there is no ticket
   * @param collapse whether a ticket or a topology update may leave a layer without any weight
   * @param plan how the masks move
   */
  public SparseTraining(Method method, FirstMasks firstMasks, LayerCollapse collapse, TopologyPlan plan) {
    this.method = method;
    this.firstMasks = firstMasks;
    this.collapse = collapse;
    this.plan = plan;
  }

  @Override
  public void initialize(SparsityStart start) {
    Classifier model = start.model();
    close();
    start.ticket().ifPresent(ticket -> collapse.check(ticket, "ticket"));
    masks =
        start.ticket()
            .map(ticket -> MaskSet.copyOf(ticket.tensors()))
            .orElseGet(() -> firstMasks.make(model, start.device(), start.images(), start.seed()));
    explored = MaskSet.copyOf(masks.tensors());
    signals = SignalHistory.EMPTY;
    iteration = 0;
    impose(model);
  }

  private void impose(Classifier model) {
    masks.applyTo(model.parameters());
    model.restrictTo(masks.tensors());
  }

  @Override
  public boolean needsDenseGradients(long iteration) {
    return plan.isDue(iteration) && plan.readsGradients();
  }

  @Override
  public Optional<TopologyUpdate> afterOptimizerStep(TrainingState state, NamedTensors gradients) {
    iteration = state.iteration();
    masks.applyTo(state.model().parameters());
    if (plan.isDue(iteration)) {
      return Optional.of(updateTopology(state, gradients));
    }
    masks.applyTo(state.momentum());
    return Optional.empty();
  }

  private TopologyUpdate updateTopology(TrainingState state, NamedTensors gradients) {
    MaskChange change = plan.update(masks, state, gradients, signals);
    masks.applyTo(state.momentum()); // only now: momentum growth has read it, and new connections start without
    replaceMasks(change.masks());
    collapse.check(masks, "topology update of iteration " + iteration);
    impose(state.model());
    masks.applyTo(state.momentum());
    return new TopologyUpdate(iteration, change.dropFraction(), change.dropped(), change.grown(), masks.density(), change.event());
  }

  private void replaceMasks(MaskSet next) {
    MaskSet union = explored.union(next);
    close();
    masks = next;
    explored = union;
  }

  @Override
  public void afterEpoch(Classifier model, EpochSignals epoch) {
    signals = signals.with(epoch);
  }

  @Override
  public MaskSet masks() {
    return masks;
  }

  @Override
  public double dropFraction() {
    return plan.dropFraction(iteration);
  }

  @Override
  public double explored() {
    return explored.density();
  }

  @Override
  public SparsityState capture() {
    return new SparsityState(Json.tree(new Scalars(method, iteration, signals)), MaskTensors.of(masks, explored));
  }

  @Override
  public void restore(Classifier model, SparsityState state) {
    Scalars scalars = Json.bind(state.scalars(), Scalars.class, "sparsity state");
    if (scalars.method != method) {
      throw BadInput.data("method", method.label(), scalars.method.label(), "sparsity state");
    }
    List<String> masked = MaskTensors.masked(state.tensors(), model.parameters(), model.prunableParameters());
    MaskTensors.check(shapes(model, masked), state.tensors());
    MaskSet restoredMasks = MaskTensors.masks(state.tensors(), model.parameters(), masked);
    MaskSet restoredExplored = MaskTensors.explored(state.tensors(), model.parameters(), masked);
    close();
    masks = restoredMasks;
    explored = restoredExplored;
    iteration = scalars.iteration;
    signals = scalars.signals;
    impose(model);
  }

  @Override
  public void close() {
    masks.close();
    explored.close();
    masks = MaskSet.empty();
    explored = MaskSet.empty();
  }

  private static Map<String, Shape> shapes(Classifier model, List<String> names) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    names.forEach(name -> shapes.put(name, Tensors.shapeOf(model.parameters().get(name))));
    return shapes;
  }
}
