package dev.sparrow.cli;

import dev.sparrow.config.AttackConfig;
import dev.sparrow.config.RunConfig;
import dev.sparrow.eval.AttackReport;
import dev.sparrow.eval.CascadeResult;
import dev.sparrow.eval.Flag;
import dev.sparrow.report.ResultCard;
import dev.sparrow.units.Versions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes the result card of an evaluation.
 *
 * @param config data set and attacks; its network for weights that do not describe theirs
 * @param architecture of the network
 * @param model the run folder, ticket or file
 * @param checkpoint which of the run's; empty for others
 * @param isAutoAttack whether the attacks are a leaderboard's
 * @param computation how it was computed
 */
record CardWriter(
    RunConfig config, String architecture, Path model, Optional<String> checkpoint, boolean isAutoAttack, Computation computation) {

  /** The card of a result. */
  ResultCard card(CascadeResult result) {
    String robust = percent(result.robustAccuracy());
    return new ResultCard(
        "",
        model.toAbsolutePath().normalize().getFileName().toString(),
        "",
        checkpoint.map(ofRun -> false),
        1,
        config.data().dataset().label(),
        "",
        architecture,
        config.testAttack().eps().toString(),
        percent(result.cleanAccuracy()),
        robust,
        isAutoAttack && !result.flags().contains(Flag.NO_GRADIENTS) ? Optional.of(robust) : Optional.empty(),
        footnote(result),
        !result.findings().isEmpty(),
        details(result));
  }

  private static String percent(double fraction) {
    return Texts.format("%.2f", 100 * fraction);
  }

  private String footnote(CascadeResult result) {
    String attacks = result.attacks().stream().map(AttackReport::name).collect(Collectors.joining(", "));
    String flags = result.flags().stream().map(Flag::label).collect(Collectors.joining(", "));
    return Texts.format("%d images, %s: %s", result.outcomes().size(), config.testAttack().norm().label(), attacks)
        + (flags.isEmpty() ? "" : "; flagged " + flags);
  }

  private ResultCard.Details details(CascadeResult result) {
    AttackConfig attack = config.testAttack();
    List<ResultCard.FlagLine> flags =
        result.findings().stream()
            .map(finding -> new ResultCard.FlagLine(finding.flag().label(), finding.detail(), finding.flag().page()))
            .toList();
    return new ResultCard.Details(
        ResultCard.Details.FORMAT,
        model.toString(),
        checkpoint,
        attack.norm().label(),
        result.outcomes().size(),
        result.cleanAccuracy(),
        result.robustAccuracy(),
        result.attacks().stream().map(CardWriter::line).toList(),
        flags,
        computation.seed(),
        computation.batchSize(),
        computation.device(),
        computation.engine(),
        computation.precision(),
        result.seconds(),
        Versions.current());
  }

  private static ResultCard.AttackLine line(AttackReport report) {
    return new ResultCard.AttackLine(
        report.name(),
        report.robustAccuracy(),
        report.attacked(),
        report.broken(),
        report.unverified(),
        report.maxPerturbation(),
        report.seconds(),
        report.forwards(),
        report.gradients());
  }
}
