package dev.sparrow.attack;

import dev.sparrow.units.Labelled;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * AutoAttack (Croce and Hein, 2020): attacks without parameters to tune, to be run one after another, each on the images that stand. The
 * constants are those of the authors' code, for l-infinity and l2.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum AutoAttack implements Labelled {
  /** APGD-CE, APGD-T, FAB-T and Square: what leaderboards report. */
  STANDARD("standard"),
  /** Untargeted attacks with five restarts too; slower, hardly stronger. */
  PLUS("plus"),
  /** For networks that answer at random: every gradient is the mean of 20 passes. */
  RAND("rand"),
  /** The first two of {@link #STANDARD}, which break nearly all that it breaks, in a quarter of the time. */
  QUICK("quick");

  private static final int ITERATIONS = 100;
  private static final int TARGETS = 9;
  private static final int PLUS_RESTARTS = 5;
  private static final int RAND_PASSES = 20;

  private final String label;

  AutoAttack(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  /**
   * The attacks of this version.
   *
   * @param threatModel norm and radius
   * @return in the order in which they run
   */
  public List<Attack> attacks(ThreatModel threatModel) {
    return switch (this) {
      case STANDARD -> List.of(apgdCe(threatModel, 1, 1), apgdT(threatModel), fabT(threatModel), square(threatModel));
      case PLUS ->
          List.of(
              apgdCe(threatModel, PLUS_RESTARTS, 1),
              apgdDlr(threatModel, PLUS_RESTARTS, 1),
              new Fab(threatModel, ITERATIONS, PLUS_RESTARTS),
              square(threatModel),
              apgdT(threatModel),
              fabT(threatModel));
      case RAND -> List.of(apgdCe(threatModel, 1, RAND_PASSES), apgdDlr(threatModel, 1, RAND_PASSES));
      case QUICK -> List.of(apgdCe(threatModel, 1, 1), apgdT(threatModel));
    };
  }

  /**
   * One of its attacks by itself, with one restart.
   *
   * @param name {@code apgd-ce}, {@code apgd-dlr}, {@code apgd-t}, {@code fab}, {@code fab-t} or {@code square}
   * @param threatModel norm and radius
   * @return the attack; empty if none has that name
   */
  public static Optional<Attack> member(String name, ThreatModel threatModel) {
    List<Attack> members =
        List.of(
            apgdCe(threatModel, 1, 1),
            apgdDlr(threatModel, 1, 1),
            apgdT(threatModel),
            new Fab(threatModel, ITERATIONS, 1),
            fabT(threatModel),
            square(threatModel));
    return members.stream().filter(attack -> attack.name().equals(name)).findFirst();
  }

  private static Attack apgdCe(ThreatModel threatModel, int restarts, int passes) {
    return new Apgd(threatModel, Aim.CROSS_ENTROPY, ITERATIONS, restarts, passes);
  }

  private static Attack apgdDlr(ThreatModel threatModel, int restarts, int passes) {
    return new Apgd(threatModel, Aim.DLR, ITERATIONS, restarts, passes);
  }

  private static Attack apgdT(ThreatModel threatModel) {
    return new Apgd(threatModel, Aim.towards(TARGETS), ITERATIONS, 1, 1);
  }

  private static Attack fabT(ThreatModel threatModel) {
    return new TargetedFab(threatModel, TARGETS, ITERATIONS, 1);
  }

  private static Attack square(ThreatModel threatModel) {
    return new Square(threatModel, Square.STANDARD_QUERIES);
  }
}
