package dev.sparrow.cli;

import static dev.sparrow.cli.ReferenceOption.flag;
import static dev.sparrow.cli.ReferenceOption.renamed;
import static dev.sparrow.cli.ReferenceOption.value;

import dev.sparrow.cli.ReferenceOption.Use;
import java.util.List;

/** The options that the reference's scripts share, with the same defaults: optimizer, attacks, size of a WideResNet. */
final class ReferenceRecipe {

  static final ReferenceOption DEPTH_FACTOR = renamed("--depth_factor", "N", "34", "Depth of a WideResNet", Use.BOTH, "--depth-factor");
  static final ReferenceOption WIDTH_FACTOR =
      renamed("--width_factor", "N", "10", "Widening factor of a WideResNet", Use.BOTH, "--width-factor");

  static final ReferenceOption LR = renamed("--lr", "LR", "0.1", "Initial learning rate", Use.TRAINING, "--lr");

  /** All of them. */
  static final List<ReferenceOption> OPTIONS =
      List.of(
          DEPTH_FACTOR,
          WIDTH_FACTOR,
          renamed("--batch_size", "N", "128", "Images per iteration", Use.BOTH, "--batch-size"),
          LR,
          renamed("--momentum", "F", "0.9", "Momentum of SGD", Use.TRAINING, "--momentum"),
          renamed("--weight_decay", "F", "0.0005", "Weight decay of SGD", Use.TRAINING, "--weight-decay"),
          renamed("--norm", "NORM", "linf", "linf or l2", Use.BOTH, "--norm"),
          length("--train_eps", "8", "Radius of the training attack, of 255", Use.TRAINING, "--train-eps"),
          renamed("--train_step", "N", "10", "Number of its steps", Use.TRAINING, "--train-attack-steps"),
          length("--train_gamma", "2", "Length of its steps, of 255", Use.TRAINING, "--train-step-size"),
          flag("--train_randinit", "Turns its random start off", Use.TRAINING, "--set", "trainAttack.randomStart=false"),
          length("--test_eps", "8", "Radius of the test attack, of 255", Use.BOTH, "--test-eps"),
          renamed("--test_step", "N", "20", "Number of its steps", Use.BOTH, "--test-attack-steps"),
          length("--test_gamma", "2", "Length of its steps, of 255", Use.BOTH, "--test-step-size"),
          flag("--test_randinit", "Turns its random start off", Use.BOTH, "--set", "testAttack.randomStart=false"));

  private ReferenceRecipe() {}

  private static ReferenceOption length(String option, String defaultText, String description, Use use, String nativeOption) {
    return value(option, "N", defaultText, description, use, levels -> List.of(nativeOption, ReferenceOption.pixels(levels)));
  }
}
