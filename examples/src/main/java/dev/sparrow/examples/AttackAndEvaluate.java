package dev.sparrow.examples;

import dev.sparrow.attack.Attack;
import dev.sparrow.attack.AutoAttack;
import dev.sparrow.attack.ThreatModel;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.data.Batches;
import dev.sparrow.data.Datasets;
import dev.sparrow.data.ImageSet;
import dev.sparrow.eval.AdversarialImages;
import dev.sparrow.eval.Cascade;
import dev.sparrow.eval.CascadeResult;
import dev.sparrow.eval.CascadeSetting;
import dev.sparrow.eval.EvaluationProgress;
import dev.sparrow.report.AdversarialExamples;
import dev.sparrow.report.ImageGrid;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Runs the first two attacks of AutoAttack on a trained network, and draws what the first one does to a few images. */
public final class AttackAndEvaluate {

  private static final int DRAWN = 8;

  private AttackAndEvaluate() {}

  /**
   * Runs the program.
   *
   * @param args a run folder, how many images to attack, and the picture's file
   * @throws IOException if the network cannot be read or the picture not be written
   */
  public static void main(String... args) throws IOException {
    ThreatModel threatModel = new ThreatModel(Norm.LINF, Epsilon.levels(8));
    List<Attack> attacks = AutoAttack.QUICK.attacks(threatModel);
    ImageSet images = Datasets.sample().test().limit(Integer.parseInt(args[1]));
    try (LoadedModel loaded = LoadedModel.fromRun(Path.of(args[0]))) {
      CascadeSetting setting = CascadeSetting.of(loaded.model());
      print(new Cascade(setting).run(images, attacks));
      draw(setting, attacks.get(0), images, Path.of(args[2]));
    }
  }

  private static void print(CascadeResult result) {
    System.out.printf(Locale.ROOT, "%.1f %% clean%n", 100 * result.cleanAccuracy());
    result.attacks().forEach(
        attack -> System.out.printf(Locale.ROOT, "%.1f %% after %s%n", 100 * attack.robustAccuracy(), attack.name()));
    System.out.println("flags: " + result.flags());
  }

  private static void draw(CascadeSetting setting, Attack attack, ImageSet images, Path picture) throws IOException {
    Batches batches = Batches.evaluation(images, setting.batchSize());
    int count = Math.min(DRAWN, images.size());
    AdversarialExamples drawn =
        AdversarialImages.make(setting.model(), setting.device(), attack, setting.seed(), batches, count, EvaluationProgress.SILENT)
            .named(images.classNames());
    new ImageGrid(drawn.imageSize()).write(picture, drawn.named(DRAWN));
  }
}
