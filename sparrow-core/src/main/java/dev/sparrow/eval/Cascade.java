package dev.sparrow.eval;

import dev.sparrow.BadInput;
import dev.sparrow.attack.Attack;
import dev.sparrow.data.Batches;
import dev.sparrow.data.ImageSet;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.tensor.TensorScope;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Runs attacks one after another, each on the images alone that stand: classified correctly as they are and after every attack before. The
 * protocol of AutoAttack (Croce and Hein, 2020), for any attacks.
 *
 * <p>A {@link dev.sparrow.attack.Search} works on a stream: a broken image leaves its batch at once, and another takes its place. Other
 * attacks get full batches of images that stand. Whatever an attack gives for broken is verified. The random numbers of an image depend on
 * the seed, the attack and the image's position alone.
 *
 * <p>A cascade that is interrupted, by {@link CascadeListener#stopRequested} or otherwise, goes on from its {@link CascadeStore} and then
 * gives what it would have given, bit for bit where the engine computes reproducibly.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class Cascade {

  private final CascadeSetting setting;
  private final CascadeStore store;
  private final CascadeListener listener;

  /**
   * A cascade that nobody follows and that keeps no state.
   *
   * @param setting the network, and how to go about it
   */
  public Cascade(CascadeSetting setting) {
    this(setting, CascadeStore.none(), CascadeListener.SILENT);
  }

  /**
   * A cascade.
   *
   * @param setting the network, and how to go about it
   * @param store where it keeps its state
   * @param listener follows it
   */
  public Cascade(CascadeSetting setting, CascadeStore store, CascadeListener listener) {
    this.setting = setting;
    this.store = store;
    this.listener = listener;
  }

  /**
   * Runs the attacks, or goes on with them, on a set of images in memory.
   *
   * @param images all images; the same at each call
   * @param attacks in their order, with different names; may be empty. On a network that {@linkplain
   *     dev.sparrow.model.Classifier#givesGradients gives no gradients} those that need them are left out, with a {@linkplain
   *     Flag#NO_GRADIENTS flag}; if none is left, Square takes their place
   * @return what was measured; for faults see {@link #run(Batches, List)}
   */
  public CascadeResult run(ImageSet images, List<Attack> attacks) {
    return run(Batches.evaluation(images, setting.batchSize()), attacks);
  }

  /**
   * Runs the attacks, or goes on with them.
   *
   * @param images all images; the same at each call
   * @param attacks in their order, with different names; may be empty
   * @return what was measured
   * @throws BadInput if images or labels do not fit the network, logits are not finite, two attacks have the same name, or the store holds
   *     the state of something else
   * @throws dev.sparrow.attack.AttackFailure if an attack broke its contract or met numbers that are not finite
   * @throws EvaluationInterrupted if the listener asked to stop
   */
  public CascadeResult run(Batches images, List<Attack> attacks) {
    Set<String> names = new HashSet<>();
    for (Attack attack : attacks) {
      if (!names.add(attack.name())) {
        throw BadInput.usage("--attack", "attacks with different names", "'" + attack.name() + "' twice");
      }
    }
    try (TensorScope scope = TensorScope.open();
        ModeGuard guard = setting.model().in(Mode.EVAL)) {
      return new CascadeRun(setting, store, listener, images, AttackSelection.of(setting.model(), attacks)).toItsEnd();
    }
  }
}
