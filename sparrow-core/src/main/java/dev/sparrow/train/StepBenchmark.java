package dev.sparrow.train;

import dev.sparrow.BadInput;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.config.RunConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;

/** Times whole training steps on a batch of random images, by the very code that trains. */
public final class StepBenchmark {

  private static final int WARM_UPS = 1;

  private StepBenchmark() {}

  /**
   * Times steps on one engine or several, after one step each that is not counted. Several engines take their steps in turn, so that a
   * machine which slows down for a while slows all of them. A topology update counts with its step, should the update frequency be reached.
   *
   * @param config network, batch size, objective, attack and method; the data are not opened
   * @param imageSize side of the images
   * @param numClasses number of logits
   * @param engines what computes the steps, instead of the configuration's engine
   * @param repetitions steps of each engine that count, at least 1
   * @return medians, one result per engine
   * @throws BadInput if there are no repetitions
   */
  public static List<StepTiming> run(RunConfig config, int imageSize, int numClasses, List<EngineChoice> engines, int repetitions) {
    if (repetitions < 1) {
      throw BadInput.usage("--repetitions", "a whole number of at least 1", repetitions);
    }
    ModelInfo model = Trainee.describe(config, numClasses, imageSize, Normalization.CIFAR10);
    List<StepTimer> timers = new ArrayList<>();
    try (TensorScope scope = TensorScope.open()) {
      engines.forEach(engine -> timers.add(new StepTimer(config, model, engine)));
      for (int i = -WARM_UPS; i < repetitions; i++) {
        for (StepTimer timer : timers) {
          timer.run(i >= 0);
        }
      }
      return timers.stream().map(StepTimer::timing).toList();
    } finally {
      timers.forEach(StepTimer::close);
    }
  }
}
