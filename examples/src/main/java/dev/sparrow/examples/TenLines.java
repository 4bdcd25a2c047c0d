package dev.sparrow.examples;

import dev.sparrow.attack.Attacks;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.config.ConfigSources;
import dev.sparrow.config.RunConfig;
import dev.sparrow.data.Datasets;
import dev.sparrow.data.ImageSet;
import dev.sparrow.eval.Evaluation;
import dev.sparrow.eval.Evaluator;
import dev.sparrow.train.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The program of the README: trains a sparse network on the bundled sample and attacks it. */
public final class TenLines {

  private TenLines() {}

  /**
   * Runs the program.
   *
   * @param args a folder for the run, new or empty
   * @throws IOException if the network cannot be read back
   */
  public static void main(String... args) throws IOException {
    // README: begin
    ConfigSources settings = ConfigSources.defaults().set("method=flying-bird").set("network.width=4").set("epochs=1");
    RunConfig config = settings.set("data.limitTrain=200").set("data.limitTest=100").resolve();
    Path run = Path.of(args[0]);
    TrainingRun.execute(config, run);

    try (LoadedModel bird = LoadedModel.fromRun(run)) {
      ImageSet images = Datasets.sample().test().limit(100);
      Evaluation result = new Evaluator(bird.model()).evaluate(images, List.of(Attacks.pgd(AttackConfig.TEST)));
      System.out.println(result.cleanAccuracy() + " clean, " + result.robustAccuracy() + " robust");
    }
    // README: end
  }
}
