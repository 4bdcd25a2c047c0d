package dev.sparrow.examples;

import dev.sparrow.attack.Attack;
import dev.sparrow.attack.Attacks;
import dev.sparrow.attack.ThreatModel;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.data.Datasets;
import dev.sparrow.data.ImageSet;
import dev.sparrow.eval.AttackReport;
import dev.sparrow.eval.Cascade;
import dev.sparrow.eval.CascadeSetting;
import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Runs an attack of one's own on what PGD could not break. */
public final class MyAttack {

  private MyAttack() {}

  /**
   * Runs the program.
   *
   * @param args a run folder, and how many images to attack
   * @throws IOException if the network cannot be read
   */
  public static void main(String... args) throws IOException {
    ThreatModel threatModel = new ThreatModel(Norm.LINF, Epsilon.levels(8));
    Attack mine = new MomentumPgd(threatModel, Epsilon.levels(2), 20, 0.9, CrossEntropy.INSTANCE);
    ImageSet images = Datasets.sample().test().limit(Integer.parseInt(args[1]));
    try (LoadedModel loaded = LoadedModel.fromRun(Path.of(args[0]))) {
      Cascade cascade = new Cascade(CascadeSetting.of(loaded.model()));
      for (AttackReport report : cascade.run(images, List.of(Attacks.pgd(AttackConfig.TEST), mine)).attacks()) {
        double robust = 100 * report.robustAccuracy();
        System.out.printf(Locale.ROOT, "%s broke %d of %d, %.1f %% robust%n", report.name(), report.broken(), report.attacked(), robust);
      }
    }
  }
}
